package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.scoring.EngineStatistics;
import io.oodmonitor.scoring.Waits;
import io.oodmonitor.stream.TopicNames;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunStatusTest {

    private static final TopicNames TOPICS = new TopicNames("in", "cal", "scores", "alerts", "rates", "rate-alerts",
            "thresholds", "dead");

    private long now;
    private final RunStatus status = new RunStatus(TOPICS, () -> now);

    private static EngineStatistics scored(long images) {
        return new EngineStatistics(images, 0, 0, 0, 0, 0, 0, 0, new Waits(0, 0, 0, 0), 8);
    }

    @Test
    void shouldSayWhatHappenedSinceTheLastLine() {
        now = 10_000_000_000L;
        status.line(scored(100), Map.of("scores", 90L, "alerts", 9L));
        now = 20_000_000_000L;

        assertThat(status.line(scored(1_300), Map.of("scores", 1_090L, "alerts", 59L, "rate-alerts", 1L, "dead", 2L)))
                .hasValueSatisfying(line -> assertThat(line)
                        .endsWith("120/s scored, 1,000 verdicts, 50 OOD (5.0%), 1 rate alert, 2 dead letters"));
    }

    @Test
    void shouldStaySilentWhenNothingHappened() {
        status.line(scored(100), Map.of());

        assertThat(status.line(scored(100), Map.of())).isEmpty();
    }

    @Test
    void shouldNotCountBackwardsWhenATaskMoves() {
        status.line(scored(0), Map.of("scores", 1_000L));
        now = 10_000_000_000L;

        assertThat(status.line(scored(10), Map.of("scores", 5L))).hasValueSatisfying(line ->
                assertThat(line).contains("1.0/s scored, 0 verdicts, 0 OOD,"));
    }
}
