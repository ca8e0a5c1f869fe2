package io.oodmonitor.scoring;

import java.util.ArrayList;
import java.util.List;

/** Features of images, one row each, in the order they came. Not safe for use by several threads while it grows. */
public final class FeatureMatrix {

    private final int features;
    private final List<float[]> rows = new ArrayList<>();

    public FeatureMatrix(int features) {
        this.features = features;
    }

    /** Adds a row, which is not copied. */
    public void add(float[] row) {
        if (row.length != features) {
            throw new IllegalArgumentException("expected " + features + " features, but got " + row.length);
        }
        rows.add(row);
    }

    public int rows() {
        return rows.size();
    }

    /** One row; not to be written to. */
    public float[] row(int index) {
        return rows.get(index);
    }
}
