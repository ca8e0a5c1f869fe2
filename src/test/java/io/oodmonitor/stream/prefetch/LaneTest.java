package io.oodmonitor.stream.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final Lane lane = new Lane();
    private final List<Pending> all = new ArrayList<>();

    private static Pending pending(long offset) {
        return new Pending(offset, new EventSource("images", new byte[1], null));
    }

    private void add(long... offsets) {
        for (long offset : offsets) {
            Pending record = pending(offset);
            all.add(record);
            lane.add(record);
        }
    }

    /** Takes the polled one, or none. */
    private Optional<Pending> claim(long offset) {
        Pending unpolled = pending(offset);
        Pending claimed = lane.claim(offset, () -> unpolled);
        return claimed == unpolled ? Optional.empty() : Optional.of(claimed);
    }

    /** Whether the queue would submit it. */
    private static boolean isWanted(Pending record) {
        return !record.isServed(engine -> Optional.empty());
    }

    @Test
    void shouldGiveEachRecordToWhoeverProcessesIt() {
        add(5, 6, 8);
        assertThat(claim(5)).containsSame(all.get(0));
        assertThat(claim(8)).containsSame(all.get(2));
        assertThat(all).as("whoever has it submits it, and nobody what was passed over").noneMatch(LaneTest::isWanted);
    }

    @Test
    void shouldMakeANewEntryForARecordThatWasNotPolled() {
        assertThat(claim(7)).isEmpty();
    }

    @Test
    void shouldDropRecordsThatWerePassedOver() {
        add(5, 6, 7);
        claim(7);
        assertThat(claim(6)).isEmpty();
    }

    @Test
    void shouldStartAnewWhenTheConsumerGoesBack() {
        add(5, 6, 7);
        add(6);
        assertThat(all).filteredOn(LaneTest::isWanted).containsExactly(all.get(3));
        assertThat(claim(5)).as("polled before it went back").isEmpty();
        assertThat(claim(6)).containsSame(all.get(3));
    }

    @Test
    void shouldForgetAllThatNobodyClaimed() {
        add(5, 6);
        lane.clear();
        assertThat(all).noneMatch(LaneTest::isWanted);
        assertThat(claim(5)).isEmpty();
    }

    @Test
    void shouldWaitUntilAllAreSubmitted() {
        assertThat(lane.waits()).isFalse();
        add(5, 6);
        all.get(0).submitted(new CompletableFuture<>());
        assertThat(lane.waits()).isTrue();
        all.get(1).submitted(new CompletableFuture<>());
        assertThat(lane.waits()).isFalse();
    }

    @Test
    void shouldBeSettledUpToTheFirstWithoutAnOutcome() {
        add(5, 6, 8);
        assertThat(lane.settledBefore(record -> false)).isEqualTo(5);
        all.forEach(record -> record.submitted(new CompletableFuture<>()));
        assertThat(lane.settledBefore(record -> false)).isEqualTo(5);
        all.get(1).score().completeExceptionally(new IllegalStateException("broken"));
        assertThat(lane.settledBefore(record -> false)).isEqualTo(5);
        all.get(0).score().complete(null);
        assertThat(lane.settledBefore(record -> false)).isEqualTo(8);
        assertThat(lane.settledBefore(record -> record == all.get(0))).as("which hangs no more").isEqualTo(8);
        assertThat(lane.settledBefore(record -> record == all.get(2))).isEqualTo(Long.MAX_VALUE);
        all.get(2).score().complete(null);
        assertThat(lane.settledBefore(record -> false)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldCountWhatHasNoOutcomeYetFromTheFirstThatWasPolled() {
        assertThat(lane.backlog()).isEqualTo(Backlog.NONE);
        add(5, 6, 8);
        Pending first = all.get(0);
        assertThat(lane.backlog().images()).isEqualTo(3);

        claim(5);
        assertThat(lane.backlog().images()).as("it is being processed").isEqualTo(3);
        long before = System.nanoTime() - first.since();
        assertThat(lane.backlog().oldest()).isGreaterThanOrEqualTo(Duration.ofNanos(before));

        lane.release();
        assertThat(lane.backlog().images()).isEqualTo(2);
        assertThat(lane.backlog().oldest()).isLessThan(Duration.ofNanos(System.nanoTime() - first.since()));
        claim(8);
        lane.release();
        assertThat(lane.backlog()).isEqualTo(Backlog.NONE);
    }
}
