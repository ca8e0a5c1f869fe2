package io.oodmonitor.metrics;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.history.PerformanceMeter;
import io.oodmonitor.history.Thumbnails;
import io.oodmonitor.stream.processor.MonitorListener;
import io.oodmonitor.stream.processor.MonitorListeners;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to count a verdict, by a stream thread, beside nobody who counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CountingBenchmark {

    private static final int VERDICTS = 1 << 14;

    @Param({"none", "metrics", "dashboard"})
    private String listening;
    /** With 1000 most are counted as other. */
    @Param({"3", "1000"})
    private int sources;

    private final OodScore[] verdicts = new OodScore[VERDICTS];
    private MonitorMetrics metrics;
    private MonitorListener listener;
    private int next;

    @Setup
    public void setUp() throws IOException {
        metrics = new MonitorMetrics();
        listener = listening.equals("none") ? MonitorListener.NONE : metrics.listener(
                BundleWriter.write(TinyBundle.content(), Files.createTempDirectory("counting").resolve("tiny")));
        if (listening.equals("dashboard")) {
            listener = new MonitorListeners(List.of(new PerformanceMeter(), new Thumbnails(), listener));
        }
        Random random = new Random(1);
        Instant captured = Instant.ofEpochMilli(1_000_000);
        for (int i = 0; i < VERDICTS; i++) {
            // A string of its own, as each image's; its hash is known, for the count by source has looked it up before.
            String source = "camera-" + random.nextInt(sources);
            float score = (float) (5 + 3 * random.nextGaussian());
            verdicts[i] = new OodScore("id", source, captured, captured.plusMillis(random.nextInt(300)), "tiny", "1",
                    "dice@50#0", "bolt", 0, 0.9f, score, -score, 3.0, 1L, 0.5,
                    score < 3 ? Verdict.OUT_OF_DISTRIBUTION : Verdict.IN_DISTRIBUTION);
        }
    }

    @TearDown
    public void tearDown() {
        metrics.close();
    }

    @Benchmark
    public void judged() {
        listener.judged(verdicts[next++ & VERDICTS - 1]);
    }
}
