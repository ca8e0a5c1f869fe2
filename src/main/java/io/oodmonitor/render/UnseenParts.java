package io.oodmonitor.render;

import static io.oodmonitor.render.Solids.angles;
import static io.oodmonitor.render.Solids.annulus;
import static io.oodmonitor.render.Solids.box;
import static io.oodmonitor.render.Solids.lathe;
import static io.oodmonitor.render.Solids.loft;
import static io.oodmonitor.render.Solids.sheet;
import static io.oodmonitor.render.Solids.tube;

import io.oodmonitor.render.Solids.Station;
import java.util.ArrayList;
import java.util.List;

/** Parts that the classifier was never shown. */
final class UnseenParts {
    private static final Vec UP = new Vec(0, 0, 1);

    private UnseenParts() {
    }

    static Mesh any(Draw draw) {
        Mesh mesh = new Mesh().of(Material.machined(draw));
        Pose rest = switch (draw.below(6)) {
            case 0 -> spanner(mesh, draw);
            case 1 -> hook(mesh, draw);
            case 2 -> pipeTee(mesh, draw);
            case 3 -> impeller(mesh, draw);
            case 4 -> chain(mesh, draw);
            default -> key(mesh, draw);
        };
        mesh.settle(rest);
        return mesh;
    }

    private static Pose spanner(Mesh mesh, Draw draw) {
        double length = draw.between(1.9, 2.6);
        double thick = 0.2;
        box(mesh, 0.35, length - 0.3, -0.2, 0.2, thick * 0.8);
        mesh.at(Pose.move(0, 0, -thick / 2));
        loft(mesh, angles(Math.PI * 0.22 + Math.PI, Math.PI * 1.78 + Math.PI, 24), false, 0, List.of(
                Station.round(0.30, 0), Station.round(0.58, 0), Station.round(0.58, thick), Station.round(0.30, thick),
                Station.round(0.30, 0)));
        mesh.at(Pose.move(length, 0, -thick / 2));
        annulus(mesh, 24, 0.26, 0.47, 0, thick, 0.02);
        return Pose.IDENTITY;
    }

    private static Pose hook(Mesh mesh, Draw draw) {
        double radius = draw.between(0.6, 0.8);
        double wire = draw.between(0.16, 0.22);
        List<Vec> path = new ArrayList<>();
        path.add(new Vec(0, radius + 0.9, 0));
        path.add(new Vec(0, radius + 0.4, 0));
        for (double angle : angles(Math.PI * 0.5, -Math.PI * 0.9, 22)) {
            path.add(new Vec(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle), 0));
        }
        tube(mesh, path, wire, 10, UP);
        mesh.at(Pose.move(0, radius + 1.1, 0));
        tube(mesh, arc(0.32, 0, 2 * Math.PI, 16), wire * 0.8, 8, UP);
        return Pose.IDENTITY;
    }

    private static List<Vec> arc(double radius, double from, double to, int steps) {
        List<Vec> path = new ArrayList<>();
        for (double angle : angles(from, to, steps)) {
            path.add(new Vec(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle), 0));
        }
        return path;
    }

    private static Pose pipeTee(Mesh mesh, Draw draw) {
        double bore = draw.between(0.34, 0.42);
        double reach = draw.between(0.95, 1.15);
        for (int arm = 0; arm < 3; arm++) {
            mesh.at(Pose.aboutX(Math.PI / 2).then(Pose.aboutZ(Math.PI / 2 * arm)));
            lathe(mesh, 22, bore, 0, bore, reach - 0.3, bore + 0.16, reach - 0.3, bore + 0.16, reach,
                    bore - 0.06, reach, bore - 0.06, reach - 0.4);
        }
        return draw.chance(0.8) ? Pose.IDENTITY : Pose.aboutX(Math.PI / 2);
    }

    private static Pose impeller(Mesh mesh, Draw draw) {
        int blades = draw.between(3, 5);
        lathe(mesh, 24, 0.3, 0, 0.3, 0.3, 0.2, 0.42, 0, 0.44);
        double pitch = draw.between(0.35, 0.6);
        for (int i = 0; i < blades; i++) {
            mesh.at(Pose.aboutX(pitch).then(Pose.move(0, 0, 0.2)).then(Pose.aboutZ(2 * Math.PI * i / blades)));
            sheet(mesh, 0.05, 0.2, -0.14, 0.6, -0.36, 1.0, -0.34, 1.2, -0.1, 1.18, 0.16, 0.95, 0.28, 0.6, 0.24,
                    0.2, 0.14);
        }
        return Pose.IDENTITY;
    }

    private static Pose chain(Mesh mesh, Draw draw) {
        double wire = draw.between(0.13, 0.17);
        double half = draw.between(0.3, 0.4);
        double bend = draw.between(-0.35, 0.35);
        for (int link = 0; link < 3; link++) {
            List<Vec> path = new ArrayList<>();
            for (double angle : angles(0, 2 * Math.PI, 24)) {
                double x = 0.36 * StrictMath.cos(angle);
                path.add(new Vec(x + (x > 0 ? half : -half), 0.36 * StrictMath.sin(angle), 0));
            }
            double at = (link - 1) * (2 * half + 0.42);
            mesh.at(Pose.aboutX(link == 1 ? 1.1 : 0.12).then(Pose.aboutZ(bend * (link - 1)))
                    .then(Pose.move(at, Math.abs(link - 1) * bend * at * 0.6, 0)));
            tube(mesh, path, wire, 8, UP);
        }
        return Pose.IDENTITY;
    }

    private static Pose key(Mesh mesh, Draw draw) {
        double length = draw.between(1.6, 2.1);
        double thick = 0.16;
        mesh.at(Pose.move(0, 0, -thick / 2));
        annulus(mesh, 26, draw.between(0.24, 0.4), 0.6, 0, thick, 0.03);
        mesh.at(Pose.IDENTITY);
        box(mesh, 0.55, 0.55 + length, -0.11, 0.11, thick);
        int teeth = draw.between(3, 4);
        for (int i = 0; i < teeth; i++) {
            double x = 0.55 + length - 0.2 * (i + 1) - 0.02;
            box(mesh, x, x + 0.13, -0.11 - draw.between(0.14, 0.36), -0.1, thick);
        }
        return Pose.IDENTITY;
    }
}
