package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void shouldAccountForEveryImage() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(tally.sent(0)).isEqualTo(i);
        }
        tally.arrived(0, false, 5);
        tally.arrived(9_999, true, 6);
        tally.arrived(9_999, false, 7);

        assertThat(tally.ahead()).isEqualTo(9_998);
        assertThat(tally.totals()).isEqualTo(new Tally.Totals(10_000, 1, 1, 9_998, 1));
        assertThat(tally.totals().isExact()).isFalse();
    }

    @Test
    void shouldStayExactWhileItsRingTurns() {
        Random random = new Random(1);
        List<Integer> underWay = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            underWay.add(tally.sent(i));
            if (underWay.size() > 6_000) {
                int number = underWay.remove(random.nextInt(underWay.size()));
                tally.arrived(number, false, number + 7_000_000L);
                if (number % 100 == 0) {
                    tally.arrived(number, false, number);
                }
            }
        }
        Tally.Totals before = tally.totals();
        assertThat(before.lost()).isEqualTo(6_000);
        assertThat(tally.takeLatencies().latency().p99()).as("each from its own due time").isCloseTo(7, within(0.1));

        underWay.forEach(number -> tally.arrived(number, false, 0));
        assertThat(tally.totals()).isEqualTo(new Tally.Totals(50_000, 50_000, 0, 0, before.duplicated()));
        assertThat(before.duplicated()).isBetween(300L, 500L);
        tally.arrived(0, false, 0);
        assertThat(tally.totals().duplicated()).isEqualTo(before.duplicated() + 1);
    }

    @Test
    @Timeout(30)
    void shouldWakeASenderOnceThereIsRoom() throws Exception {
        for (int i = 0; i < 4; i++) {
            tally.sent(0);
        }
        assertThat(tally.awaitAhead(4, Duration.ofHours(1))).isTrue();
        assertThat(tally.awaitAhead(3, Duration.ofMillis(1))).isFalse();

        CompletableFuture<Boolean> room = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                room.complete(tally.awaitAhead(2, Duration.ofHours(1)));
            } catch (InterruptedException e) {
                room.completeExceptionally(e);
            }
        });
        sender.start();
        tally.arrived(0, false, 1);
        assertThat(room).isNotDone();
        tally.arrived(1, false, 1);
        assertThat(room.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldMeasureRatesFromArrivalToArrival() {
        for (int i = 0; i < 30; i++) {
            tally.sent(0);
            tally.arrived(i, false, i * 100_000_000L);
        }
        Tally.Mark end = tally.mark();
        assertThat(end.since(new Tally.Mark(10, 900_000_000L))).isCloseTo(10, within(1e-9));
        assertThat(end.since(end)).isZero();
    }

    @Test
    void shouldMeasureLatencyFromWhenAnImageWasDue() {
        tally.arrived(tally.sent(1_000_000), false, 51_000_000);
        assertThat(tally.takeLatencies().latency().p99()).isCloseTo(50, within(0.1));

        tally.arrived(tally.sent(0), false, 10_000_000);
        assertThat(tally.takeLatencies().latency().p99()).as("of the second only").isCloseTo(10, within(0.1));
    }
}
