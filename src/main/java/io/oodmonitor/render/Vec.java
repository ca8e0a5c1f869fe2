package io.oodmonitor.render;

/** A point or direction in space. */
record Vec(double x, double y, double z) {

    Vec plus(Vec o) {
        return new Vec(x + o.x, y + o.y, z + o.z);
    }

    Vec minus(Vec o) {
        return new Vec(x - o.x, y - o.y, z - o.z);
    }

    Vec times(double f) {
        return new Vec(x * f, y * f, z * f);
    }

    double dot(Vec o) {
        return x * o.x + y * o.y + z * o.z;
    }

    Vec cross(Vec o) {
        return new Vec(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    /** The same direction with length 1; a vector of no length becomes straight up. */
    Vec unit() {
        double length = Math.sqrt(dot(this));
        return length < 1e-12 ? new Vec(0, 0, 1) : times(1 / length);
    }
}
