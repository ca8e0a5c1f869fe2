package io.oodmonitor.render;

import static io.oodmonitor.render.Solids.annulus;
import static io.oodmonitor.render.Solids.angles;
import static io.oodmonitor.render.Solids.circle;
import static io.oodmonitor.render.Solids.hexagon;
import static io.oodmonitor.render.Solids.lathe;
import static io.oodmonitor.render.Solids.loft;
import static io.oodmonitor.render.Solids.sheet;
import static io.oodmonitor.render.Solids.sphere;
import static io.oodmonitor.render.Solids.tube;

import io.oodmonitor.render.Solids.Station;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The ten parts as meshes, each with proportions drawn anew and lying as it would come to rest. */
final class KnownParts {
    private static final double UPRIGHT = Math.PI / 2;

    private KnownParts() {
    }

    static Mesh of(PartClass part, Draw draw) {
        Mesh mesh = new Mesh();
        Pose rest = switch (part) {
            case HEX_NUT -> hexNut(mesh, draw);
            case BOLT -> bolt(mesh, draw);
            case WASHER -> washer(mesh, draw);
            case GEAR -> gear(mesh, draw);
            case SPRING -> spring(mesh, draw);
            case BEARING -> bearing(mesh, draw);
            case STUD -> stud(mesh, draw);
            case WING_NUT -> wingNut(mesh, draw);
            case BRACKET -> bracket(mesh, draw);
            case RETAINING_RING -> retainingRing(mesh, draw);
        };
        mesh.settle(rest);
        return mesh;
    }

    private static Pose hexNut(Mesh mesh, Draw draw) {
        double height = draw.between(0.55, 1.0);
        double bore = draw.between(0.50, 0.64);
        hexPrism(mesh.of(Material.machined(draw)), 1, bore + 0.05, 0, height);
        mesh.of(mesh.material(0).lit(0.6f));
        threads(mesh, bore + 0.05, height, 0, true);
        return draw.chance(0.15) ? Pose.aboutX(UPRIGHT) : Pose.IDENTITY;
    }

    /** A hexagon with its corners turned off in a cone at both ends, around a bore (none where its radius is 0). */
    private static void hexPrism(Mesh mesh, double apothem, double bore, double z0, double z1) {
        DoubleUnaryOperator hexagon = hexagon(apothem);
        double flat = apothem * 0.97;
        DoubleUnaryOperator chamfer = angle -> 0.5 * (hexagon.applyAsDouble(angle) - flat);
        loft(mesh, circle(36), false, 0, List.of(
                Station.round(bore, z0),
                Station.round(flat, z0),
                new Station(hexagon, angle -> z0 + chamfer.applyAsDouble(angle)),
                new Station(hexagon, angle -> z1 - chamfer.applyAsDouble(angle)),
                Station.round(flat, z1),
                Station.round(bore, z1)));
    }

    /** A thread along z from {@code z0} to {@code z1}: a zigzag profile that climbs one pitch a turn. */
    private static void threads(Mesh mesh, double radius, double z1, double z0, boolean inside) {
        double pitch = 0.13;
        int turns = Math.max(2, (int) Math.round(Math.abs(z1 - z0) / pitch));
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i <= 2 * turns; i++) {
            double z = inside ? z1 - (z1 - z0) * i / (2 * turns) : z0 + (z1 - z0) * i / (2 * turns);
            stations.add(Station.round(i % 2 == 0 ? radius : radius - 0.075, z));
        }
        loft(mesh, circle(20), true, inside ? 0 : pitch, stations);
    }

    private static Pose bolt(Mesh mesh, Draw draw) {
        double shank = draw.between(0.36, 0.46);
        double length = draw.between(2.0, 3.0);
        double thread = draw.between(0.5, 0.95) * length;
        double head = draw.between(0.40, 0.55);
        mesh.of(Material.machined(draw));
        if (draw.chance(0.7)) {
            hexPrism(mesh, 0.74, 0, -head, 0);
        } else {
            lathe(mesh, 24, 0.38, -head * 1.4, 0.66, -head * 1.4, 0.72, -head * 1.3, 0.72, 0, 0, 0);
            mesh.of(Material.SHADE);
            loft(mesh, circle(24), false, 0,
                    List.of(Station.round(0, -head * 0.5), Station.of(hexagon(0.36), -head * 1.4)));
            mesh.of(mesh.material(0));
        }
        lathe(mesh, 20, shank, 0, shank, length - thread);
        threads(mesh, shank, length - 0.13, length - thread, false);
        lathe(mesh, 20, shank, length - 0.1, shank - 0.1, length, 0, length);
        return draw.chance(0.12) ? Pose.aboutX(Math.PI) : Pose.aboutX(UPRIGHT);
    }

    private static Pose washer(Mesh mesh, Draw draw) {
        double inner = draw.between(0.42, 0.58);
        annulus(mesh.of(Material.machined(draw)), 48, inner, 1, 0, draw.between(0.08, 0.16), 0.025);
        return draw.chance(0.5) ? Pose.IDENTITY : Pose.aboutX(Math.PI);
    }

    private static Pose gear(Mesh mesh, Draw draw) {
        int teeth = draw.between(11, 20);
        double height = draw.between(0.25, 0.5);
        double depth = 2.1 / (teeth + 2);
        double root = 1 - depth;
        double bore = draw.between(0.16, 0.26);
        double hub = bore + draw.between(0.1, 0.16);
        double web = draw.between(0.62, 0.9) * height;
        double rim = root - 0.12;
        double[] angles = new double[teeth * 6 + 1];
        double[] radii = new double[angles.length];
        double[] cut = {0.0, 0.22, 0.34, 0.5, 0.66, 0.78};
        double[] level = {0, 0, 1, 1, 1, 0};
        for (int i = 0; i < angles.length; i++) {
            angles[i] = 2 * Math.PI * (i / 6 + cut[i % 6]) / teeth;
            radii[i] = root + depth * level[i % 6];
        }
        DoubleUnaryOperator outline = angle -> {
            int i = java.util.Arrays.binarySearch(angles, angle);
            return radii[i];
        };
        mesh.of(Material.machined(draw));
        loft(mesh, angles, false, 0, List.of(Station.round(rim, 0), Station.of(outline, 0),
                Station.of(outline, height), Station.round(rim, height)));
        lathe(mesh, 40, rim, height, rim - 0.03, web, hub + 0.02, web, hub, height, bore + 0.02, height,
                bore, height - 0.03, bore, 0);
        lathe(mesh, 30, bore, 0, rim, 0);
        if (draw.chance(0.5)) {
            int holes = draw.between(3, 6);
            double at = (hub + rim) / 2;
            double size = Math.min(0.16, (rim - hub) * 0.34);
            for (int i = 0; i < holes; i++) {
                double angle = 2 * Math.PI * i / holes;
                mesh.of(Material.SHADE).at(Pose.move(at * StrictMath.cos(angle), at * StrictMath.sin(angle), 0));
                lathe(mesh, 12, size, web + 0.004, 0, web + 0.004);
            }
        }
        return Pose.IDENTITY;
    }

    private static Pose spring(Mesh mesh, Draw draw) {
        double wire = draw.between(0.10, 0.15);
        double turns = draw.between(5, 8);
        double length = turns * draw.between(0.34, 0.5);
        double radius = draw.between(0.55, 0.72);
        int steps = (int) (turns * 18);
        List<Vec> path = new ArrayList<>();
        double climbed = 0;
        for (int i = 0; i <= steps; i++) {
            double angle = 2 * Math.PI * turns * i / steps;
            boolean closed = i < 18 || i > steps - 18;
            climbed += closed ? 2.1 * wire / 18 : (length - 4.2 * wire) / (steps - 36);
            path.add(new Vec(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle), climbed));
        }
        tube(mesh.of(Material.machined(draw)), path, wire, 8, new Vec(0, 0, 1));
        return draw.chance(0.1) ? Pose.IDENTITY : Pose.aboutX(UPRIGHT);
    }

    private static Pose bearing(Mesh mesh, Draw draw) {
        double width = draw.between(0.36, 0.56);
        double bore = draw.between(0.32, 0.42);
        double inner = bore + draw.between(0.13, 0.17);
        double outer = draw.between(0.80, 0.85);
        annulus(mesh.of(draw.chance(0.5) ? Material.STAINLESS : Material.STEEL), 40, outer, 1, 0, width, 0.03);
        annulus(mesh, 32, bore, inner, 0, width, 0.03);
        lathe(mesh.of(draw.chance(0.5) ? Material.SHADE : Material.CAGE), 24, outer, width * 0.45, inner, width * 0.45);
        int balls = draw.between(8, 11);
        double radius = (outer - inner) * 0.46;
        for (int i = 0; i < balls; i++) {
            double angle = 2 * Math.PI * i / balls;
            double middle = (inner + outer) / 2;
            mesh.of(Material.STAINLESS).at(Pose.move(middle * StrictMath.cos(angle), middle * StrictMath.sin(angle),
                    width / 2));
            sphere(mesh, radius);
        }
        return draw.chance(0.12) ? Pose.aboutX(UPRIGHT) : Pose.IDENTITY;
    }

    private static Pose stud(Mesh mesh, Draw draw) {
        double radius = draw.between(0.26, 0.34);
        double length = draw.between(2.4, 3.4);
        double plain = draw.between(0.2, 0.4) * length;
        double start = draw.between(0.3, 0.7) * (length - plain);
        mesh.of(Material.machined(draw));
        lathe(mesh, 20, 0, 0, radius - 0.08, 0, radius, 0.08);
        threads(mesh, radius, start, 0.1, false);
        lathe(mesh, 20, radius - 0.02, start, radius - 0.02, start + plain);
        threads(mesh, radius, length - 0.1, start + plain, false);
        lathe(mesh, 20, radius, length - 0.08, radius - 0.08, length, 0, length);
        return Pose.aboutX(UPRIGHT);
    }

    private static Pose wingNut(Mesh mesh, Draw draw) {
        double height = draw.between(0.55, 0.75);
        double bore = draw.between(0.22, 0.28);
        double span = draw.between(1.15, 1.45);
        double rise = draw.between(0.95, 1.25);
        mesh.of(Material.machined(draw));
        lathe(mesh, 28, bore, 0, 0.56, 0, 0.56, 0.08, 0.42, height, bore, height);
        for (int side = 0; side < 2; side++) {
            mesh.at(Pose.aboutX(UPRIGHT).then(Pose.aboutZ(Math.PI * side)));
            sheet(mesh, draw.between(0.17, 0.21), 0.40, 0.10, 0.62, 0.12, span - 0.12, 0.42, span, rise * 0.68,
                    span - 0.02, rise * 0.9, span - 0.16, rise, span - 0.34, rise * 0.97, 0.66, rise * 0.72,
                    0.38, height * 0.95);
        }
        mesh.at(Pose.IDENTITY).of(mesh.material(0).lit(0.6f));
        threads(mesh, bore, height, 0, true);
        return draw.chance(0.7) ? Pose.IDENTITY : Pose.aboutX(UPRIGHT);
    }

    private static Pose bracket(Mesh mesh, Draw draw) {
        double width = draw.between(0.42, 0.6);
        double wall = draw.between(0.10, 0.16);
        double hole = draw.between(0.14, 0.2);
        double[] legs = {draw.between(0.8, 1.3), draw.between(0.8, 1.3)};
        int[] holes = {draw.between(1, 2), draw.between(1, 2)};
        mesh.of(Material.machined(draw));
        for (int leg = 0; leg < 2; leg++) {
            double step = legs[leg] / holes[leg];
            for (int i = 0; i < holes[leg]; i++) {
                Pose place = Pose.move(step * (i + 0.5), 0, 0);
                mesh.at(leg == 0 ? place : place.then(Pose.aboutY(-UPRIGHT)).then(Pose.move(wall / 2, 0, -wall / 2)));
                drilledPlate(mesh, step / 2, width, wall, hole);
            }
        }
        if (draw.chance(0.4)) {
            mesh.at(Pose.aboutX(UPRIGHT));
            sheet(mesh, 0.1, 0, 0, legs[0] * 0.7, 0, 0, legs[1] * 0.7);
        }
        Pose rest = draw.chance(0.5) ? Pose.IDENTITY : Pose.aboutY(UPRIGHT);
        return draw.chance(0.3) ? Pose.aboutX(UPRIGHT) : rest;
    }

    private static void drilledPlate(Mesh mesh, double halfLength, double halfWidth, double wall, double hole) {
        double z = wall / 2;
        DoubleUnaryOperator edge = Solids.rectangle(-halfLength, halfLength, -halfWidth, halfWidth);
        loft(mesh, Solids.corners(-halfLength, halfLength, -halfWidth, halfWidth, 24), false, 0, List.of(
                Station.round(hole, -z), Station.of(edge, -z), Station.of(edge, z), Station.round(hole, z),
                Station.round(hole, -z)));
    }

    private static Pose retainingRing(Mesh mesh, Draw draw) {
        double gap = draw.between(0.28, 0.5);
        double thin = draw.between(0.10, 0.14);
        double thick = draw.between(0.20, 0.27);
        double height = draw.between(0.07, 0.12);
        boolean inside = draw.chance(0.5);
        mesh.of(Material.machined(draw));
        DoubleUnaryOperator inner = angle -> 1 - thin - (thick - thin) * 0.5 * (1 - StrictMath.cos(angle));
        loft(mesh, angles(gap, 2 * Math.PI - gap, 44), false, 0, List.of(Station.of(inner, 0), Station.round(1, 0),
                Station.round(1, height), Station.of(inner, height), Station.of(inner, 0)));
        for (int side = -1; side <= 1; side += 2) {
            double at = inside ? 0.84 : 1.06;
            double angle = side * (gap + 0.02);
            mesh.at(Pose.move(at * StrictMath.cos(angle), at * StrictMath.sin(angle), 0));
            annulus(mesh, 16, 0.07, 0.19, 0, height, 0.01);
        }
        return draw.chance(0.5) ? Pose.IDENTITY : Pose.aboutX(Math.PI);
    }
}
