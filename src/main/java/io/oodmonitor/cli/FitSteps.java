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
        boolean scores = phase == Phase.SCORES;
        steps.at(scores ? "Scores of held-out images:" : "Features of images:",
                OptionalLong.of(Math.round(images * (scores ? heldOutShare : 1 - heldOutShare))), count);
    }
}
