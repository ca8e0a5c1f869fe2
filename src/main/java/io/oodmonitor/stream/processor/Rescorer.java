package io.oodmonitor.stream.processor;

import io.oodmonitor.scoring.FeatureMatrix;
import io.oodmonitor.scoring.FeatureScorer;
import io.oodmonitor.scoring.Mask;

/** Scores features again with whatever mask is asked for; cheap while that stays. One per task; not thread-safe. */
final class Rescorer implements AutoCloseable {

    private Mask mask;
    private FeatureScorer scorer;

    float[] scores(Mask wanted, FeatureMatrix features) {
        return scorer(wanted).scores(features);
    }

    float score(Mask wanted, float[] features) {
        return scorer(wanted).score(features);
    }

    private FeatureScorer scorer(Mask wanted) {
        if (mask != wanted) {
            FeatureScorer next = new FeatureScorer(wanted);
            close();
            scorer = next;
            mask = wanted;
        }
        return scorer;
    }

    @Override
    public void close() {
        if (scorer != null) {
            scorer.close();
            scorer = null;
            mask = null;
        }
    }
}
