package io.oodmonitor.inference;

import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.scoring.EngineException;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.ScoringEngine;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Runs images through a scoring engine, as many at a time as it takes, and hands on what it says of each, in their
 * order. Not safe for use by several threads.
 */
public final class ImageRun {

    /** Results that wait for one before them, at most: with the engine's own bound, all the memory that a run takes. */
    private static final int AHEAD = 512;

    private final ScoringEngine engine;
    private final UnreadableImages unreadable;

    public ImageRun(ScoringEngine engine, UnreadableImages unreadable) {
        this.engine = engine;
        this.unreadable = unreadable;
    }

    /** Told of each image that could be read, in order. */
    @FunctionalInterface
    public interface Sink {
        void accept(Sample sample, Score score);
    }

    /**
     * Runs the images of a walk, which is closed.
     *
     * @throws InferenceException   if too many cannot be read, or the score of one is not finite
     * @throws EngineException      if the network does not run
     * @throws InterruptedException if this thread is interrupted
     */
    public void run(Stream<Sample> samples, Sink sink) throws InterruptedException {
        Queue<Running> running = new ArrayDeque<>();
        try (samples) {
            for (Iterator<Sample> walk = samples.iterator(); walk.hasNext();) {
                Sample sample = walk.next();
                running.add(new Running(sample, engine.submit(
                        decoder -> read(sample.payload(), decoder), sample.payload().bytes().length)));
                while (running.size() > AHEAD || !running.isEmpty() && running.peek().score().isDone()) {
                    finish(running.remove(), sink);
                }
            }
            while (!running.isEmpty()) {
                finish(running.remove(), sink);
            }
        }
    }

    private record Running(Sample sample, CompletableFuture<Score> score) {
    }

    private void finish(Running image, Sink sink) throws InterruptedException {
        try {
            Score score = image.score().get();
            if (!score.isFinite()) {
                throw new InferenceException("the score of image " + image.sample().id() + " must be finite, but is "
                        + score.score() + ", at confidence " + score.confidence());
            }
            sink.accept(image.sample(), score);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ImageRejectedException rejected)) {
                throw e.getCause() instanceof RuntimeException failure ? failure
                        : new EngineException("image " + image.sample().id() + " cannot be scored: "
                                + e.getCause().getMessage(), e);
            }
            unreadable.add(image.sample(), rejected);
        }
    }

    private static RgbImage read(Payload payload, ImageDecoder decoder) throws ImageRejectedException {
        ByteBuffer bytes = ByteBuffer.wrap(payload.bytes());
        return payload instanceof Payload.Rgb8 raw ? decoder.raw(bytes, raw.height(), raw.width())
                : decoder.decode(bytes);
    }
}
