package io.oodmonitor.scoring;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.image.RgbImage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the engine costs an image that is decoded already, with a network that does nothing: a call is an image. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatchAssemblyBenchmark {
    private static final int IMAGES = 4096;

    @Param({"32", "224"})
    public int side;

    @Param({"1", "64"})
    public int batchSize;

    private ScoringEngine engine;
    private RgbImage image;

    @Setup(Level.Trial)
    public void start() {
        image = new RgbImage(side, side, new byte[side * side * 3]);
        EngineSettings settings = new EngineSettings(batchSize, Duration.ofMillis(5),
                Runtime.getRuntime().availableProcessors(), 1, 1, 256L << 20, BatchShapes.EXACT, ImageLimits.DEFAULT);
        engine = new ScoringEngine(new Idle(side), Framing.stretch(side, side, Interpolation.BILINEAR), settings);
    }

    @TearDown(Level.Trial)
    public void stop() {
        engine.close();
    }

    @Benchmark
    @OperationsPerInvocation(IMAGES)
    public double submitToScore() throws InterruptedException {
        Queue<CompletableFuture<Score>> waiting = new ArrayDeque<>(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            waiting.add(engine.submit(decoder -> image, image.pixels().length));
        }
        double sum = 0;
        while (!waiting.isEmpty()) {
            sum += waiting.remove().join().score();
        }
        return sum;
    }

    private record Idle(int side) implements Network {
        @Override
        public int height() {
            return side;
        }

        @Override
        public int width() {
            return side;
        }

        @Override
        public int features() {
            return 0;
        }

        @Override
        public void run(Batch batch, int from, int to) {
            // Scores stay what they were: nothing is measured but the way there and back.
        }

        @Override
        public void close() {
            // Nothing to free.
        }
    }
}
