package io.oodmonitor.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.render.OddKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Episode EPISODE =
            new Episode("camera-1", OddKind.DARK_FRAME, Duration.ZERO, Duration.ofSeconds(6));

    private final Ledger ledger = new Ledger();

    private void sent(String id, Optional<Episode> episode) {
        ledger.sent(new SentImage(id, "camera-1", episode, false), 0);
    }

    private void verdict(String id, Verdict verdict) {
        Instant now = Instant.EPOCH;
        ledger.verdict(new OodScore(id, "camera-1", now, now, "m", "1", "energy#0", "bolt", 0, 0.9f, 1f, -1f, 2.0, 1L,
                0.5, verdict), Duration.ofMillis(80).toNanos());
    }

    private void alert(AlertState state) {
        Instant now = Instant.EPOCH;
        ledger.alert(new OodRateAlert("camera-1", "m", state, now, now, 10L, 9L, 0.9, 0.05, 1e-9, List.of()));
    }

    @Test
    void shouldTellFalseAlarmsFromDetections() {
        sent("a", Optional.empty());
        sent("b", Optional.empty());
        sent("c", Optional.of(EPISODE));
        verdict("a", Verdict.OUT_OF_DISTRIBUTION);
        verdict("b", Verdict.IN_DISTRIBUTION);
        verdict("c", Verdict.OUT_OF_DISTRIBUTION);
        Ledger.Totals totals = ledger.totals();
        assertThat(totals.idImages()).isEqualTo(2);
        assertThat(totals.idFlagged()).isEqualTo(1);
        assertThat(totals.oodImages()).isEqualTo(1);
        assertThat(totals.oodFlagged()).isEqualTo(1);
        assertThat(totals.latency().p50()).isBetween(79.0, 81.0);
        assertThat(totals.lost()).isZero();
    }

    @Test
    void shouldFindWhatIsLostAndWhatIsDoubled() {
        sent("lost", Optional.empty());
        sent("twice", Optional.empty());
        sent("letter", Optional.empty());
        verdict("twice", Verdict.IN_DISTRIBUTION);
        verdict("twice", Verdict.IN_DISTRIBUTION);
        ledger.deadLetter("letter");
        Ledger.Totals totals = ledger.totals();
        assertThat(ledger.isComplete()).isFalse();
        assertThat(totals.lost()).isEqualTo(1);
        assertThat(totals.duplicated()).isEqualTo(1);
        assertThat(totals.deadLetters()).isEqualTo(1);
        assertThat(totals.verdicts()).isEqualTo(2);
    }

    @Test
    void shouldCreditAlertsToTheEpisodeThatRaisedThem() {
        Episode next = new Episode("camera-1", OddKind.SMEARED_LENS, Duration.ofSeconds(27), Duration.ofSeconds(6));
        sent("a", Optional.of(EPISODE));
        alert(AlertState.RAISED);
        assertThat(ledger.isAnyRaised()).isTrue();
        sent("b", Optional.of(next));
        alert(AlertState.CLEARED);
        assertThat(ledger.isAnyRaised()).isFalse();
        List<Ledger.EpisodeAccount> episodes = ledger.totals().episodes();
        assertThat(episodes).extracting(Ledger.EpisodeAccount::isRaised).containsExactly(true, false);
        assertThat(episodes).extracting(Ledger.EpisodeAccount::isCleared).containsExactly(true, false);
    }
}
