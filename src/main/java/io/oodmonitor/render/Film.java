package io.oodmonitor.render;

/**
 * Linear light on a grid {@link #SAMPLES} times finer than the picture in either direction, one plane a colour. Not
 * thread-safe.
 */
final class Film {
    static final int SAMPLES = 3;
    static final int SIDE = Render.SIDE * SAMPLES;

    final float[] red = new float[SIDE * SIDE];
    final float[] green = new float[SIDE * SIDE];
    final float[] blue = new float[SIDE * SIDE];

    /** Takes light away where something stands between the lamp and the surface: 0 lit, 1 in full shadow. */
    void shade(float[] shadow, float strength) {
        for (int i = 0; i < shadow.length; i++) {
            if (shadow[i] > 0) {
                float left = 1 - strength * shadow[i];
                red[i] *= left;
                green[i] *= left;
                blue[i] *= left;
            }
        }
    }

    /** One plane averaged down to the picture's own size. */
    static float[] develop(float[] plane) {
        float[] out = new float[Render.SIDE * Render.SIDE];
        float share = 1f / (SAMPLES * SAMPLES);
        for (int y = 0; y < SIDE; y++) {
            int row = y / SAMPLES * Render.SIDE;
            for (int x = 0; x < SIDE; x += SAMPLES) {
                int i = y * SIDE + x;
                out[row + x / SAMPLES] += (plane[i] + plane[i + 1] + plane[i + 2]) * share;
            }
        }
        return out;
    }
}
