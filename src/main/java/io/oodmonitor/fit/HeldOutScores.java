package io.oodmonitor.fit;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Scores of held-out images, and how many of the labelled ones were recognized. */
final class HeldOutScores {

    private double[] values = new double[1024];
    private int count;
    private long labelled;
    private long correct;

    void add(double score, int predicted, OptionalInt label) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = score;
        if (label.isPresent()) {
            labelled++;
            correct += label.getAsInt() == predicted ? 1 : 0;
        }
    }

    int count() {
        return count;
    }

    double[] values() {
        return Arrays.copyOf(values, count);
    }

    OptionalDouble accuracy() {
        return labelled == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / labelled);
    }
}
