package io.oodmonitor.cli;

import io.oodmonitor.fit.FitProgress;
import java.util.OptionalLong;

/**
 * How far a fit is.
 *
 * @param images of both phases
 */
record FitSteps(Steps steps, long images, double heldOutShare) implements FitProgress {

    @Override
    public void done(Phase phase, long count) {
        switch (phase) {
            case FEATURES -> steps.at("Features of images:", expected(1 - heldOutShare), count);
            case DETECTOR -> steps.at("Fitting the detector", OptionalLong.empty(), count);
            case SCORES -> steps.at("Scores of held-out images:", expected(heldOutShare), count);
        }
    }

    private OptionalLong expected(double share) {
        return OptionalLong.of(Math.round(images * share));
    }
}
