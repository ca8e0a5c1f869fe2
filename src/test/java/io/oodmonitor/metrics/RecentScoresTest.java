package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentScoresTest {

    private final RecentScores recent = new RecentScores();

    @Test
    void shouldHoldTheLastScores() {
        assertThat(recent.of("dice@90#0")).isEmpty();
        IntStream.range(0, RecentScores.CAPACITY + 3).forEach(i -> recent.add("dice@90#0", i));

        assertThat(recent.of("dice@90#0")).containsExactlyInAnyOrder(
                IntStream.range(3, RecentScores.CAPACITY + 3).asDoubleStream().toArray());
    }

    @Test
    void shouldNotMixScoresOfTwoMasks() {
        recent.add("dice@90#0", 1);
        recent.add("dice@90#1", 2);

        assertThat(recent.of("dice@90#1")).containsExactly(2);
        assertThat(recent.of("dice@90#0")).isEmpty();
    }
}
