package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRateAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AlertHistoryTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long ALWAYS = Long.MAX_VALUE;

    private final MovingClock clock = new MovingClock(NOW);
    private final AlertHistory history = new AlertHistory(clock, HOUR);

    private static OodRateAlert alert(String source, AlertState state, long start) {
        return new OodRateAlert(source, "model", state, Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + 10),
                30L, 12L, 0.4, 0.05, 1e-8, List.of("id-1"));
    }

    private List<AlertSpan> all() {
        return history.spans(Optional.empty(), 0, ALWAYS, 100);
    }

    @Test
    void shouldMakeASpanOfWhatWasRaisedAndCleared() {
        AlertSpan begun = history.add(alert("a", AlertState.RAISED, NOW)).orElseThrow();
        assertThat(begun).isEqualTo(new AlertSpan("a", NOW, OptionalLong.empty(), 30, 12, 0.4, 0.05, 1e-8,
                List.of("id-1")));
        assertThat(history.raised()).containsExactly("a");

        AlertSpan ended = history.add(alert("a", AlertState.CLEARED, NOW + 50)).orElseThrow();
        assertThat(ended.to()).hasValue(NOW + 50);
        assertThat(all()).containsExactly(ended);
        assertThat(history.raised()).isEmpty();
    }

    @Test
    void shouldNotTakeInTheSameTwiceOrAnEndWithoutABeginning() {
        history.add(alert("a", AlertState.RAISED, NOW));

        assertThat(history.add(alert("a", AlertState.RAISED, NOW))).isEmpty();
        assertThat(history.add(alert("b", AlertState.CLEARED, NOW))).isEmpty();
        assertThat(all()).hasSize(1);
    }

    @Test
    void shouldGiveTheSpansOfATimeNewestFirst() {
        history.add(alert("a", AlertState.RAISED, NOW));
        history.add(alert("a", AlertState.CLEARED, NOW + 20));
        history.add(alert("b", AlertState.RAISED, NOW + 30));

        assertThat(all()).extracting(AlertSpan::source).containsExactly("b", "a");
        assertThat(history.spans(Optional.of("a"), 0, ALWAYS, 100)).hasSize(1);
        assertThat(history.spans(Optional.empty(), NOW + 10, NOW + 25, 100)).extracting(AlertSpan::source)
                .containsExactly("a");
        assertThat(history.spans(Optional.empty(), NOW + 40, ALWAYS, 100)).extracting(AlertSpan::source)
                .containsExactly("b");
        assertThat(history.spans(Optional.empty(), 0, ALWAYS, 1)).hasSize(1);
    }

    @Test
    void shouldForgetWhatIsPastAndNothingThatIsRaised() {
        history.add(alert("a", AlertState.RAISED, NOW));
        history.add(alert("a", AlertState.CLEARED, NOW + 20));
        history.add(alert("b", AlertState.RAISED, NOW));
        clock.add(HOUR.toMillis() + 21);

        assertThat(all()).extracting(AlertSpan::source).containsExactly("b");
    }

    @Test
    void shouldBoundWhatItKeeps() {
        for (int i = 0; i < AlertHistory.MOST_SPANS + 5; i++) {
            history.add(alert("source-" + i, AlertState.RAISED, NOW + i));
        }
        assertThat(history.spans(Optional.empty(), 0, ALWAYS, Integer.MAX_VALUE)).hasSize(AlertHistory.MOST_SPANS)
                .last().extracting(AlertSpan::source).isEqualTo("source-5");
        assertThat(history.raised()).hasSize(AlertHistory.MOST_SPANS).doesNotContain("source-4");

        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 10; i++) {
            history.add(alert(large + i, AlertState.RAISED, NOW + 1_000_000 + i));
        }
        assertThat(history.spans(Optional.empty(), 0, ALWAYS, Integer.MAX_VALUE)).hasSize(3);
    }
}
