package io.oodmonitor.stream.prefetch;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.MalformedRecordException;
import io.oodmonitor.event.RegistryException;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.scoring.EngineException;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.UnscorableImageException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what is an image's own doing, and would be the same at every try, from what may help itself. */
final class Rejection {

    private static final Logger LOG = LoggerFactory.getLogger(Rejection.class);

    private Rejection() {}

    /** The outcome of an image that was scored: rejected if the score is not finite. */
    static Outcome scored(byte[] value, ImageEvent event, Score score) {
        return score.isFinite() ? new Outcome.Scored(value, event, score)
                : new Outcome.Rejected(value, Reason.SCORE_NOT_FINITE, "The network's score is " + score.score()
                        + " and its confidence " + score.confidence());
    }

    /** The final outcome that a failure stands for; empty if trying again may help. */
    static Optional<Outcome.Rejected> of(byte[] value, Throwable failure) {
        if (failure instanceof ImageRejectedException e) {
            return rejected(value, Reason.of(e.reason()), e.getMessage());
        }
        if (failure instanceof MalformedRecordException e) {
            return rejected(value, Reason.of(e.reason()), e.getMessage());
        }
        if (failure instanceof UnscorableImageException e) {
            return rejected(value, Reason.SCORING_FAILED, e.getMessage());
        }
        if (mayPass(failure)) {
            return Optional.empty();
        }
        // Whatever else reading or drawing one image throws is that image's own doing.
        LOG.warn("An image cannot be scored", failure);
        return rejected(value, Reason.SCORING_FAILED, failure.toString());
    }

    /** Whether it has its cause outside of the image. */
    static boolean mayPass(Throwable failure) {
        // Memory may lack for another's sake; a stack that overflows does so again, however often this image is tried.
        boolean elsewhere = failure instanceof Error && !(failure instanceof StackOverflowError);
        return failure instanceof EngineException || failure instanceof RegistryException
                || failure instanceof CancellationException || elsewhere;
    }

    private static Optional<Outcome.Rejected> rejected(byte[] value, Reason reason, String message) {
        return Optional.of(new Outcome.Rejected(value, reason, message));
    }
}
