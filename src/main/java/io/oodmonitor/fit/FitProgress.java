package io.oodmonitor.fit;

/** Told how far a fit is, from the thread that fits. */
@FunctionalInterface
public interface FitProgress {

    /** What is being done. */
    enum Phase {
        /** The mean of the features is taken. */
        FEATURES,
        /** The detector is fitted: minutes, where it needs eigenvectors of 2,048 features. */
        DETECTOR,
        /** Held-out images are scored. */
        SCORES
    }

    /** @param images how many the phase has done so far */
    void done(Phase phase, long images);
}
