package io.oodmonitor.render;

/**
 * Where the camera stands: orthographic, with world space turned into camera space by {@code pose}, {@code scale} samples
 * a unit, and the origin of the world at sample ({@code x}, {@code y}).
 */
record View(Pose pose, double scale, double x, double y) {

    static View draw(Draw draw) {
        double tilt = draw.between(0.0, 0.85);
        double scale = Film.SIDE * draw.between(0.36, 0.47);
        double slack = Film.SIDE * 0.05;
        return new View(Pose.aboutZ(draw.angle()).then(Pose.aboutX(-tilt)), scale,
                Film.SIDE / 2.0 + draw.between(-slack, slack), Film.SIDE / 2.0 + draw.between(-slack, slack));
    }
}
