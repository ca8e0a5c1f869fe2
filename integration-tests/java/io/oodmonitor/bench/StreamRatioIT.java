package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.StopSignal;
import io.oodmonitor.harness.Alone;
import io.oodmonitor.scoring.device.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the stream itself costs, seen with a network that does next to nothing: its rate as a share of that of a
 * topology that only copies, both exactly once, in turn, on one broker.
 */
@Alone
@Timeout(300)
class StreamRatioIT {

    /** Half of 0.73: medians from 0.56 to 0.73 were measured on two cores that other programs used as well. */
    private static final double LEAST = 0.37;

    private static final Duration LENGTH = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 4;
    private static final long AHEAD = 60_000;
    private static final Setting SETTING = new Setting(64, 5, 2, 1);

    @TempDir
    private Path folder;

    @Test
    void shouldKeepItsShareOfWhatACopyingTopologyDoes() throws Exception {
        Path bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")).folder();
        double[] ratios = new double[ROUNDS];
        try (StopSignal stop = StopSignal.listen(PATIENCE);
                LocalServices.Running services =
                        LocalServices.find().orElseThrow().start(folder.resolve("kafka"), 0, 0);
                StreamUnderTest stream = new StreamUnderTest(services, bundle, Device.parse("cpu"),
                        NoisyPixels.workload(), folder.resolve("streams"), LENGTH, new Guard(stop));
                CopyingStream copying = stream.copying()) {
            stream.start(SETTING);
            for (int i = 0; i < ROUNDS; i++) {
                Copying copied = copying.saturated();
                Saturated monitored = stream.saturated(SETTING, AHEAD);
                ratios[i] = monitored.imagesPerSecond() / copied.imagesPerSecond();
                System.out.printf("Stream ratio: %.3f, monitored %.0f/s (batches of %.1f), copied %.0f/s; processor "
                        + "%.4f ms, copied %.4f ms; %s%n", ratios[i], monitored.imagesPerSecond(),
                        monitored.trial().batchSize(), copied.imagesPerSecond(), monitored.millisPerImage(),
                        copied.millisPerImage(), monitored.millis());
            }
            assertThat(stream.totals().isExact()).as("%s", stream.totals()).isTrue();
            assertThat(copying.totals().isExact()).as("%s", copying.totals()).isTrue();
        }
        // The first warms both up. Other programs may disturb either side of a round, but not most rounds alike.
        double[] sorted = Arrays.stream(ratios).skip(1).sorted().toArray();
        assertThat(sorted[sorted.length / 2]).as("monitored / copied, the median of %s", Arrays.toString(sorted))
                .isGreaterThan(LEAST);
    }
}
