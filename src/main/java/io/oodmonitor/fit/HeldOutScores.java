package io.oodmonitor.fit;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Scores of held-out images, and how many of the labelled ones were recognized. */
final class HeldOutScores {

    private final int classes;
    private double[] values = new double[1024];
    private int count;
    private long labelled;
    private long correct;

    HeldOutScores(int classes) {
        this.classes = classes;
    }

    void add(List<FitImage> batch, GraphSession.Scores scored) {
        for (int i = 0; i < batch.size(); i++) {
            FitImage image = batch.get(i);
            float score = scored.scores()[i];
            if (!Float.isFinite(score)) {
                throw new FitException("the score of image " + image.id() + " must be finite, but is " + score);
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = score;
            if (image.label().isPresent()) {
                compare(image, scored.classes()[i]);
            }
        }
    }

    private void compare(FitImage image, long predicted) {
        int label = image.label().getAsInt();
        if (label < 0 || label >= classes) {
            throw new FitException(
                    "the label of image " + image.id() + " must be 0 to " + (classes - 1) + ", but is " + label);
        }
        labelled++;
        correct += label == predicted ? 1 : 0;
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
