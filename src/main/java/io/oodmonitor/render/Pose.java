package io.oodmonitor.render;

/** A rigid motion or scaling in space: x' = M x + t, M row by row. Immutable. */
record Pose(double xx, double xy, double xz, double yx, double yy, double yz, double zx, double zy, double zz,
            double tx, double ty, double tz) {

    static final Pose IDENTITY = new Pose(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);

    static Pose move(double x, double y, double z) {
        return new Pose(1, 0, 0, 0, 1, 0, 0, 0, 1, x, y, z);
    }

    static Pose aboutX(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new Pose(1, 0, 0, 0, c, -s, 0, s, c, 0, 0, 0);
    }

    static Pose aboutY(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new Pose(c, 0, s, 0, 1, 0, -s, 0, c, 0, 0, 0);
    }

    static Pose aboutZ(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new Pose(c, -s, 0, s, c, 0, 0, 0, 1, 0, 0, 0);
    }

    /** This motion first, then {@code next}. */
    Pose then(Pose next) {
        return new Pose(
                next.xx * xx + next.xy * yx + next.xz * zx, next.xx * xy + next.xy * yy + next.xz * zy,
                next.xx * xz + next.xy * yz + next.xz * zz,
                next.yx * xx + next.yy * yx + next.yz * zx, next.yx * xy + next.yy * yy + next.yz * zy,
                next.yx * xz + next.yy * yz + next.yz * zz,
                next.zx * xx + next.zy * yx + next.zz * zx, next.zx * xy + next.zy * yy + next.zz * zy,
                next.zx * xz + next.zy * yz + next.zz * zz,
                next.xx * tx + next.xy * ty + next.xz * tz + next.tx,
                next.yx * tx + next.yy * ty + next.yz * tz + next.ty,
                next.zx * tx + next.zy * ty + next.zz * tz + next.tz);
    }

    Vec apply(Vec p) {
        return turn(p).plus(new Vec(tx, ty, tz));
    }

    /** The direction {@code d}, turned but not moved. */
    Vec turn(Vec d) {
        return new Vec(xx * d.x() + xy * d.y() + xz * d.z(), yx * d.x() + yy * d.y() + yz * d.z(),
                zx * d.x() + zy * d.y() + zz * d.z());
    }
}
