package io.oodmonitor.render;

/**
 * What the camera makes of the light: lens, exposure, noise, eight bits.
 *
 * @param defocus  standard deviation of the lens' blur, pixels
 * @param motion   length of the movement during the exposure, pixels
 * @param heading  direction of that movement, radians
 * @param exposure factor on the light
 * @param vignette share of light lost in the corners
 * @param noise    standard deviation of the sensor's noise, grey levels
 */
record Sensor(double defocus, double motion, double heading, double exposure, double vignette, double noise) {
    private static final int STEPS = 4096;
    private static final float[] GAMMA = gamma();

    static Sensor draw(Draw draw) {
        return new Sensor(draw.between(0.25, 0.75), draw.chance(0.35) ? draw.between(0.5, 2.2) : 0, draw.angle(),
                draw.between(0.85, 1.15), draw.between(0, 0.18), draw.between(1.0, 4.5));
    }

    /** The same camera with another exposure. */
    Sensor exposed(double factor) {
        return new Sensor(defocus, motion, heading, exposure * factor, vignette, noise);
    }

    private static float[] gamma() {
        float[] levels = new float[STEPS + 2];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) (255 * StrictMath.pow(Math.min(1, i / (double) STEPS), 1 / 2.2));
        }
        return levels;
    }

    /** Eight-bit RGB, row by row, from planes of linear light of the picture's size; the planes are used up. */
    byte[] expose(float[][] planes, Draw draw) {
        int side = Render.SIDE;
        byte[] rgb = new byte[side * side * 3];
        for (int k = 0; k < 3; k++) {
            float[] plane = planes[k];
            if (motion > 0) {
                Blur.motion(plane, side, motion, heading);
            }
            Blur.defocus(plane, side, defocus);
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int dx = 2 * x - side;
                    int dy = 2 * y - side;
                    float fall = (float) (1 - vignette * (dx * dx + dy * dy) / (2.0 * side * side));
                    float level = level(plane[y * side + x] * (float) exposure * fall);
                    float seen = level + (float) noise * draw.bell();
                    rgb[(y * side + x) * 3 + k] = (byte) Math.min(255, Math.max(0, Math.round(seen)));
                }
            }
        }
        return rgb;
    }

    /** The grey level of linear light, with highlights rolled off as film and cameras do. */
    private static float level(float light) {
        float soft = light < 0.7f ? light : 0.7f + 0.3f * (light - 0.7f) / (light - 0.7f + 0.45f);
        float at = Math.max(0, soft) * STEPS;
        int below = (int) at;
        return GAMMA[below] + (at - below) * (GAMMA[below + 1] - GAMMA[below]);
    }
}
