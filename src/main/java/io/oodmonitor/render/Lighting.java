package io.oodmonitor.render;

/**
 * One lamp and the room around it. Directions are in camera space (x right, y up, z towards the camera), of length 1.
 *
 * @param lamp   towards the lamp
 * @param ground upwards from the surface that parts lie on
 * @param key    strength of the lamp
 * @param fill   strength of the light from all around
 */
record Lighting(Vec lamp, Vec ground, double key, double fill) {

    static Lighting draw(Draw draw, View view) {
        double height = draw.between(0.75, 1.25);
        double side = draw.angle();
        Vec lamp = new Vec(StrictMath.cos(height) * StrictMath.cos(side), StrictMath.cos(height) * StrictMath.sin(side),
                StrictMath.sin(height));
        return new Lighting(view.pose().turn(lamp).unit(), view.pose().turn(new Vec(0, 0, 1)),
                draw.between(0.75, 1.3), draw.between(0.35, 0.6));
    }
}
