package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.StopSignal;
import io.oodmonitor.harness.Alone;
import io.oodmonitor.scoring.device.Device;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances side by side on one machine, as {@code bench --instances 2} starts them, and neither in the other's way. */
@Alone
@Timeout(300)
class ScalingIT {

    private static final Duration LENGTH = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void shouldCompareTwoInstancesWithOne() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).as("cores").isGreaterThan(1);
        StringWriter progress = new StringWriter();
        try (StopSignal stop = StopSignal.listen(PATIENCE)) {
            ScalingResult result = new Scaling(LocalServices.find().orElseThrow(),
                    BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")), Device.parse("cpu"),
                    NoisyPixels.workload(), LENGTH, new Guard(stop), new PrintWriter(progress)).run(2, 1);
            System.out.printf("Two instances / one: %s%n", result.rounds());

            assertThat(result.instances()).isEqualTo(2);
            assertThat(result.rounds()).hasSize(1).allMatch(round -> round.one() > 0 && round.all() > 0);
            assertThat(result.totals().isExact()).as("%s", result.totals()).isTrue();
            assertThat(progress.toString()).contains("Round 1 of 1, one instance", "Round 1 of 1, 2 instances");
        }
    }
}
