package io.oodmonitor.stream.processor;

import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.scoring.FeatureMatrix;
import io.oodmonitor.scoring.Mask;
import io.oodmonitor.scoring.MovingMask;
import io.oodmonitor.stream.state.CalibrationSample;
import io.oodmonitor.stream.state.CalibrationState;
import io.oodmonitor.stream.state.Features;
import java.util.Arrays;
import java.util.List;

/**
 * The mask that a calibration window is scored with, where it moves with the window's features. Not thread-safe.
 *
 * <p>INVARIANT: its version never goes back.
 */
final class WindowMask {

    private final MovingMask masks;
    private final Rescorer rescorer;
    private Mask mask;
    private List<Double> featureMean;

    /** As it was left. */
    WindowMask(MovingMask masks, Rescorer rescorer, CalibrationState state) {
        this.masks = masks;
        this.rescorer = rescorer;
        become(state.getFeatureMean() == null ? masks.fitted()
                : masks.at(state.getMaskVersion(), PublishedThresholds.array(state.getFeatureMean())));
    }

    private void become(Mask next) {
        mask = next;
        featureMean = mask.version() == Mask.FITTED ? null
                : Arrays.stream(mask.featureMean()).boxed().toList();
    }

    int version() {
        return mask.version();
    }

    /** What the mask was made of; null for the fitted one, whose mean is the bundle's. */
    List<Double> featureMean() {
        return featureMean;
    }

    /** The score of each sample by this mask: its own if it was made so, else made again from the features. */
    float[] scores(List<CalibrationSample> samples) {
        float[] scores = new float[samples.size()];
        FeatureMatrix others = new FeatureMatrix(mask.features());
        for (int i = 0; i < scores.length; i++) {
            if (isOther(samples.get(i))) {
                others.add(Features.of(samples.get(i).getFeatures()));
            } else {
                scores[i] = samples.get(i).getScore();
            }
        }
        if (others.rows() > 0) {
            float[] again = rescorer.scores(mask, others);
            int row = 0;
            for (int i = 0; i < scores.length; i++) {
                if (isOther(samples.get(i))) {
                    scores[i] = again[row++];
                }
            }
        }
        return scores;
    }

    private boolean isOther(CalibrationSample sample) {
        return sample.getMaskVersion() != mask.version();
    }

    /** Takes the mask of a published threshold if it is a later one; says whether it did. */
    boolean catchUp(OodThreshold published) {
        if (DetectorKey.mask(published.getDetectorVersion()) <= mask.version()) {
            return false;
        }
        become(PublishedThresholds.mask(published, masks));
        return true;
    }

    /** Makes a new mask of the samples' mean features; says whether it differs from the one before. */
    boolean move(List<CalibrationSample> samples) {
        Mask next = masks.at(mask.version() + 1, mean(samples));
        if (next.scoresLike(mask)) {
            return false;
        }
        become(next);
        return true;
    }

    private double[] mean(List<CalibrationSample> samples) {
        double[] mean = new double[mask.features()];
        for (CalibrationSample sample : samples) {
            float[] features = Features.of(sample.getFeatures());
            for (int j = 0; j < mean.length; j++) {
                // INVARIANT: finite, as the score is: a weight of zero makes NaN of an infinite feature.
                mean[j] += features[j];
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= samples.size();
        }
        return mean;
    }
}
