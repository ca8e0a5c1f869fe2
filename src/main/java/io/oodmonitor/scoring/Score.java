package io.oodmonitor.scoring;

/**
 * What the network says of one image.
 *
 * @param score          the detector's score; higher = more in-distribution; not finite where the network overflowed
 * @param predictedIndex the class that the unchanged head predicts, from 0
 * @param confidence     the softmax probability of that class, 0 to 1
 * @param features       the penultimate features, where the network was asked for them, else empty; not to be written
 *                       to
 * @param maskVersion    the version of the mask that made the score; 0 the one fitted with the bundle, or none
 */
public record Score(float score, int predictedIndex, float confidence, float[] features, int maskVersion) {

    /** The same image scored with another mask. */
    public Score with(float otherScore, int otherMaskVersion) {
        return new Score(otherScore, predictedIndex, confidence, features, otherMaskVersion);
    }

    public boolean isFinite() {
        return Float.isFinite(score) && Float.isFinite(confidence);
    }
}
