package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.cli.text.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTableTest {

    private static final Tally.Totals EXACT = new Tally.Totals(5_000, 4_990, 10, 0, 0);

    @Test
    void shouldShowLimitsShareLatencyAndAccount() {
        List<String> lines = new BenchTable(Results.result(900, EXACT), Style.PLAIN).lines();

        assertThat(lines).contains(
                "parts 1 with dice@90 on 2 cores",
                "network alone                  1,000/s               90.0%  [###########################...]",
                "decode and resize alone        4,000/s               22.5%  [#######.......................]",
                "copying topology alone        10,000/s                9.0%  [###...........................]",
                "decode + network in a loop       950/s               94.7%  [############################..]",
                "at 50%                             450/s     70 ms    120 ms    150 ms             3.0",
                "at 50%                             0.1 ms      2.3 ms      1.0 ms         24.0 ms",
                "Rounds      copying topology, network, stream and loop in turn; the stream's share of the network or",
                "            copying topology: 40.0%, 90.0%, 99.0%; the median is shown",
                "Loop        the stream does 94.7% of what decoding and ONNX Runtime do in a loop, with no Kafka",
                "            (950/s)",
                "Copying     the stream does 9.0% of what a topology that only copies does, with 20.0 times its",
                "            processor time for an image (0.100 ms)",
                "Defaults    the stream does 125.0% of what ONNX Runtime alone does with all threads on one batch",
                "            (720/s)",
                "Batching    against batches of 1: stream x1.25, ONNX Runtime alone x1.25",
                "Latency     p99 at half load 150 ms; 2 batch times of 12.0 ms + max delay of 5 ms + commit interval",
                "            of 100 ms = 129 ms",
                "Account     5,000 sent = 4,990 verdicts + 10 dead letters; 0 lost, 0 doubled (ok)",
                "Memory      at most 100 MB of heap, 2.0 MB of direct buffers, 3.0 MB of images in flight",
                "Bottleneck  The network: the stream runs at 90.0% of what the network alone does.");
        assertThat(String.join("\n", lines)).endsWith("""
                What did best, ready for the configuration:
                  scoring.batch.size=8
                  scoring.max.delay.ms=5
                  scoring.lanes=2
                  scoring.threads=1""");
    }

    @Test
    void shouldFitATerminalOf100Columns() {
        assertThat(new BenchTable(Results.result(900, EXACT), Style.PLAIN).lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
    }

    @Test
    void shouldNotHideALoss() {
        assertThat(new BenchTable(Results.result(900, new Tally.Totals(5_000, 4_990, 0, 10, 1)), Style.PLAIN).lines())
                .contains("Account     5,000 sent = 4,990 verdicts + 0 dead letters; 10 lost, 1 doubled (NOT OK)");
    }
}
