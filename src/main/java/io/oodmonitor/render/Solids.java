package io.oodmonitor.render;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** The solids that parts are put together from. Outlines are polar: a radius, or a height, for each angle. */
final class Solids {
    private static final double TURN = 2 * Math.PI;

    private Solids() {
    }

    /** One cross-section of a loft: a radius and a height for each angle. */
    record Station(DoubleUnaryOperator radius, DoubleUnaryOperator height) {
        static Station round(double radius, double height) {
            return new Station(angle -> radius, angle -> height);
        }

        static Station of(DoubleUnaryOperator radius, double height) {
            return new Station(radius, angle -> height);
        }
    }

    /** Angles from {@code from} to {@code to}, both included, in {@code steps} equal steps. */
    static double[] angles(double from, double to, int steps) {
        double[] angles = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            angles[i] = from + (to - from) * i / steps;
        }
        return angles;
    }

    static double[] circle(int steps) {
        return angles(0, TURN, steps);
    }

    /** The polar outline of a hexagon with the given distance from the centre to a side. */
    static DoubleUnaryOperator hexagon(double apothem) {
        return angle -> {
            double sixth = TURN / 6;
            double inSide = angle - Math.floor(angle / sixth) * sixth - sixth / 2;
            return apothem / StrictMath.cos(inSide);
        };
    }

    /** The polar outline of a rectangle around the origin. */
    static DoubleUnaryOperator rectangle(double x0, double x1, double y0, double y1) {
        return angle -> {
            double c = StrictMath.cos(angle);
            double s = StrictMath.sin(angle);
            double alongX = Math.abs(c) < 1e-9 ? 1e9 : (c > 0 ? x1 : x0) / c;
            double alongY = Math.abs(s) < 1e-9 ? 1e9 : (s > 0 ? y1 : y0) / s;
            return Math.min(alongX, alongY);
        };
    }

    /** Angles around the full circle that hit the rectangle's corners. */
    static double[] corners(double x0, double x1, double y0, double y1, int steps) {
        double[] exact = {turn(y1, x1), turn(y1, x0), turn(y0, x0), turn(y0, x1)};
        return DoubleStream.concat(Arrays.stream(circle(steps)), Arrays.stream(exact)).sorted().toArray();
    }

    private static double turn(double y, double x) {
        double angle = StrictMath.atan2(y, x);
        return angle < 0 ? angle + TURN : angle;
    }

    /**
     * The skin between consecutive cross-sections; the outside lies to the right when going up. {@code pitch} is how far
     * everything climbs in one turn (a thread); round skins are shaded smoothly, others facet by facet.
     */
    static void loft(Mesh mesh, double[] angles, boolean round, double pitch, List<Station> stations) {
        Vec[] below = ring(angles, pitch, stations.get(0));
        for (int k = 1; k < stations.size(); k++) {
            Vec[] above = ring(angles, pitch, stations.get(k));
            for (int i = 0; i + 1 < angles.length; i++) {
                Vec chord = below[i + 1].minus(below[i]).plus(above[i + 1].minus(above[i]));
                if (chord.dot(chord) < 1e-14) {
                    continue;
                }
                Vec first = (round ? tangent(angles[i]) : chord).cross(above[i].minus(below[i])).unit();
                Vec second = (round ? tangent(angles[i + 1]) : chord).cross(above[i + 1].minus(below[i + 1])).unit();
                mesh.quad(below[i], below[i + 1], above[i + 1], above[i], first, second, second, first);
            }
            below = above;
        }
    }

    private static Vec[] ring(double[] angles, double pitch, Station station) {
        Vec[] ring = new Vec[angles.length];
        for (int i = 0; i < ring.length; i++) {
            double radius = station.radius().applyAsDouble(angles[i]);
            ring[i] = new Vec(radius * StrictMath.cos(angles[i]), radius * StrictMath.sin(angles[i]),
                    station.height().applyAsDouble(angles[i]) + pitch * angles[i] / TURN);
        }
        return ring;
    }

    private static Vec tangent(double angle) {
        return new Vec(-StrictMath.sin(angle), StrictMath.cos(angle), 0);
    }

    /** A round body from a profile of (radius, height) pairs, bottom to top along its outside. */
    static void lathe(Mesh mesh, int steps, double... profile) {
        Station[] stations = new Station[profile.length / 2];
        for (int i = 0; i < stations.length; i++) {
            stations[i] = Station.round(profile[2 * i], profile[2 * i + 1]);
        }
        loft(mesh, circle(steps), true, 0, List.of(stations));
    }

    /** A flat ring lying from height {@code z0} to {@code z1}, with its outer edges broken by {@code bevel}. */
    static void annulus(Mesh mesh, int steps, double inner, double outer, double z0, double z1, double bevel) {
        lathe(mesh, steps, inner, z0, outer - bevel, z0, outer, z0 + bevel, outer, z1 - bevel, outer - bevel, z1,
                inner + bevel, z1, inner, z1 - bevel, inner, z0);
    }

    static void sphere(Mesh mesh, double radius) {
        Vec[][] grid = new Vec[7][13];
        for (int i = 0; i < grid.length; i++) {
            double polar = Math.PI * i / (grid.length - 1);
            for (int j = 0; j < grid[i].length; j++) {
                double angle = TURN * j / (grid[i].length - 1);
                grid[i][j] = new Vec(StrictMath.sin(polar) * StrictMath.cos(angle),
                        StrictMath.sin(polar) * StrictMath.sin(angle), StrictMath.cos(polar));
            }
        }
        for (int i = 0; i + 1 < grid.length; i++) {
            for (int j = 0; j + 1 < grid[i].length; j++) {
                Vec a = grid[i][j];
                Vec b = grid[i + 1][j];
                Vec c = grid[i + 1][j + 1];
                Vec d = grid[i][j + 1];
                mesh.quad(a.times(radius), b.times(radius), c.times(radius), d.times(radius), a, b, c, d);
            }
        }
    }

    /** A rod of a round cross-section along a path; {@code up} must never point along the path. */
    static void tube(Mesh mesh, List<Vec> path, double radius, int sides, Vec up) {
        Vec[] lastRing = null;
        Vec[] lastNormal = null;
        for (int k = 0; k < path.size(); k++) {
            Vec ahead = path.get(Math.min(k + 1, path.size() - 1)).minus(path.get(Math.max(k - 1, 0))).unit();
            Vec side = ahead.cross(up).unit();
            Vec over = side.cross(ahead);
            Vec[] ring = new Vec[sides + 1];
            Vec[] normal = new Vec[sides + 1];
            for (int i = 0; i <= sides; i++) {
                double angle = TURN * i / sides;
                normal[i] = side.times(StrictMath.cos(angle)).plus(over.times(StrictMath.sin(angle)));
                ring[i] = path.get(k).plus(normal[i].times(radius));
            }
            for (int i = 0; i < sides; i++) {
                if (k > 0) {
                    mesh.quad(lastRing[i], lastRing[i + 1], ring[i + 1], ring[i], lastNormal[i], lastNormal[i + 1],
                            normal[i + 1], normal[i]);
                }
                if (k == 0 || k == path.size() - 1) {
                    Vec out = k == 0 ? ahead.times(-1) : ahead;
                    mesh.triangle(path.get(k), ring[i], ring[i + 1], out, out, out);
                }
            }
            lastRing = ring;
            lastNormal = normal;
        }
    }

    /** A sheet of the given thickness around the plane z = 0; every corner must be visible from the outline's middle. */
    static void sheet(Mesh mesh, double thickness, double... outline) {
        int n = outline.length / 2;
        double middleX = 0;
        double middleY = 0;
        for (int i = 0; i < n; i++) {
            middleX += outline[2 * i] / n;
            middleY += outline[2 * i + 1] / n;
        }
        Vec up = new Vec(0, 0, 1);
        Vec down = new Vec(0, 0, -1);
        Vec lift = up.times(thickness / 2);
        Vec middle = new Vec(middleX, middleY, 0);
        for (int i = 0; i < n; i++) {
            Vec a = new Vec(outline[2 * i], outline[2 * i + 1], 0);
            Vec b = new Vec(outline[2 * ((i + 1) % n)], outline[2 * ((i + 1) % n) + 1], 0);
            Vec out = b.minus(a).cross(up).unit();
            mesh.triangle(middle.plus(lift), a.plus(lift), b.plus(lift), up, up, up);
            mesh.triangle(middle.minus(lift), a.minus(lift), b.minus(lift), down, down, down);
            mesh.quad(a.minus(lift), b.minus(lift), b.plus(lift), a.plus(lift), out, out, out, out);
        }
    }

    static void box(Mesh mesh, double x0, double x1, double y0, double y1, double thickness) {
        sheet(mesh, thickness, x0, y0, x1, y0, x1, y1, x0, y1);
    }
}
