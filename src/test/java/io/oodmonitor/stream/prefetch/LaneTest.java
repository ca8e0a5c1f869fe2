package io.oodmonitor.stream.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final byte[] VALUE = {1};

    private final Lane lane = new Lane();

    private void add(long... offsets) {
        for (long offset : offsets) {
            lane.add(new Pending(offset, VALUE));
        }
    }

    private List<Long> pump(int room) {
        List<Long> submitted = new ArrayList<>();
        lane.pump(pending -> {
            if (submitted.size() == room) {
                return false;
            }
            submitted.add(pending.offset());
            return true;
        });
        return submitted;
    }

    @Test
    void shouldSubmitInOrderAsFarAsThereIsRoom() {
        add(5, 6, 8, 9);
        assertThat(pump(3)).containsExactly(5L, 6L, 8L);
        assertThat(pump(3)).containsExactly(9L);
        assertThat(pump(3)).isEmpty();
    }

    @Test
    void shouldGiveEachRecordToWhoeverProcessesIt() {
        add(5, 6, 8);
        pump(2);
        Pending polled = lane.claim(5, new byte[] {2});
        assertThat(polled.value()).isSameAs(VALUE);
        assertThat(lane.claim(8, new byte[] {2}).value()).as("still waiting").isSameAs(VALUE);
    }

    @Test
    void shouldMakeANewEntryForARecordThatWasNotPolled() {
        byte[] value = {2};
        assertThat(lane.claim(7, value).value()).isSameAs(value);
    }

    @Test
    void shouldDropRecordsThatWerePassedOver() {
        add(5, 6, 7);
        pump(1);
        lane.claim(7, VALUE);
        byte[] again = {3};
        assertThat(lane.claim(6, again).value()).isSameAs(again);
        assertThat(pump(9)).isEmpty();
    }

    @Test
    void shouldStartAnewWhenTheConsumerGoesBack() {
        add(5, 6, 7);
        pump(2);
        add(6);
        assertThat(pump(9)).containsExactly(6L);
        byte[] again = {3};
        assertThat(lane.claim(5, again).value()).as("polled before it went back").isSameAs(again);
    }

    @Test
    void shouldCountWhatHasNoOutcomeYetFromTheFirstThatWasPolled() {
        assertThat(lane.backlog()).isEqualTo(Backlog.NONE);
        Pending first = new Pending(5, VALUE);
        lane.add(first);
        add(6, 8);
        pump(2);
        assertThat(lane.backlog().images()).isEqualTo(3);

        lane.claim(5, VALUE);
        assertThat(lane.backlog().images()).as("it is being processed").isEqualTo(3);
        long before = System.nanoTime() - first.since();
        assertThat(lane.backlog().oldest()).isGreaterThanOrEqualTo(Duration.ofNanos(before));

        lane.release();
        assertThat(lane.backlog().images()).isEqualTo(2);
        assertThat(lane.backlog().oldest()).isLessThan(Duration.ofNanos(System.nanoTime() - first.since()));
        lane.claim(8, VALUE);
        lane.release();
        assertThat(lane.backlog()).isEqualTo(Backlog.NONE);
    }
}
