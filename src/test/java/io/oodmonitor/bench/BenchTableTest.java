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
                "at 50%                             450/s     70 ms    120 ms    150 ms             3.0",
                "Rounds      the stream's share of the network alone, measured in turn: 40.0%, 90.0%, 99.0%; the "
                        + "median is shown",
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
    void shouldNotHideALoss() {
        assertThat(new BenchTable(Results.result(900, new Tally.Totals(5_000, 4_990, 0, 10, 1)), Style.PLAIN).lines())
                .contains("Account     5,000 sent = 4,990 verdicts + 0 dead letters; 10 lost, 1 doubled (NOT OK)");
    }
}
