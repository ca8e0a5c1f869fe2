package io.oodmonitor.detector;

/** Arrays in single precision. */
final class Floats {

    private Floats() {
    }

    static float[] of(double[] values) {
        float[] narrowed = new float[values.length];
        for (int j = 0; j < values.length; j++) {
            narrowed[j] = (float) values[j];
        }
        return narrowed;
    }
}
