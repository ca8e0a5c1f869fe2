package io.oodmonitor.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomesTest {

    private final Ledger ledger = new Ledger();
    private final Outcomes outcomes = new Outcomes(ledger);

    private Origin sent(String id, Kind kind, int partition, long offset) {
        Origin origin = new Origin("images", partition, offset);
        ledger.acknowledged(new Sent(id, kind, origin));
        return origin;
    }

    private void expect(long lost, long doubled, long outOfOrder, long wrong) {
        assertThat(new long[] {outcomes.lost(), outcomes.doubled(), outcomes.outOfOrder(), outcomes.wrong()})
                .containsExactly(lost, doubled, outOfOrder, wrong);
    }

    @Test
    void shouldFindNothingWhereEveryRecordCameOutOnceInOrder() {
        sent("a", Kind.IMAGE, 0, 0);
        Origin damaged = sent("b", Kind.DAMAGED, 0, 1);
        sent("c", Kind.IMAGE, 0, 2);
        sent("d", Kind.CALIBRATION, 1, 0);
        outcomes.verdict("a", "scores", 0);
        outcomes.verdict("c", "scores", 0);
        outcomes.deadLetter(damaged, "dead", 0);
        expect(0, 0, 0, 0);
    }

    @Test
    void shouldFindWhatIsLost() {
        sent("a", Kind.IMAGE, 0, 0);
        sent("b", Kind.UNLABELLED, 0, 1);
        expect(2, 0, 0, 0);
        assertThat(outcomes.examples()).hasSize(2).allMatch(example -> example.startsWith("never came out"));
    }

    @Test
    void shouldFindWhatIsDoubledAlsoAcrossTopics() {
        sent("a", Kind.IMAGE, 0, 0);
        Origin poisoned = sent("b", Kind.POISONED, 0, 1);
        outcomes.verdict("a", "scores", 0);
        outcomes.verdict("a", "scores", 0);
        outcomes.verdict("b", "scores", 0);
        outcomes.deadLetter(poisoned, "dead", 0);
        expect(0, 2, 0, 0);
    }

    @Test
    void shouldFindWhatIsOutOfOrder() {
        sent("a", Kind.IMAGE, 0, 0);
        sent("b", Kind.IMAGE, 0, 1);
        sent("c", Kind.IMAGE, 1, 0);
        outcomes.verdict("b", "scores", 0);
        outcomes.verdict("a", "scores", 0);
        outcomes.verdict("c", "scores", 2);
        expect(0, 0, 2, 0);
    }

    @Test
    void shouldFindSoundImagesAmongDeadLettersAndDamagedOnesAmongVerdicts() {
        Origin sound = sent("a", Kind.IMAGE, 0, 0);
        sent("b", Kind.DAMAGED, 0, 1);
        outcomes.deadLetter(sound, "dead", 0);
        outcomes.verdict("b", "scores", 0);
        outcomes.verdict("never sent", "scores", 0);
        expect(0, 0, 0, 3);
    }

    @Test
    void shouldAllowWhatWasNotAcknowledgedOnce() {
        ledger.unacknowledged("a");
        outcomes.verdict("a", "scores", 0);
        expect(0, 0, 0, 0);
        outcomes.verdict("a", "scores", 0);
        expect(0, 0, 0, 1);
    }
}
