package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentScoresTest {

    private final RecentScores recent = new RecentScores();

    @Test
    void shouldHoldTheLastScores() {
        assertThat(recent.of("dice@90#0")).isEmpty();
        IntStream.range(0, RecentScores.CAPACITY + 3).forEach(i -> recent.add("dice@90#0", "a", i));

        assertThat(recent.of("dice@90#0")).containsExactlyInAnyOrder(
                IntStream.range(3, RecentScores.CAPACITY + 3).asDoubleStream().toArray());
    }

    @Test
    void shouldNotMixScoresOfTwoMasks() {
        recent.add("dice@90#0", "a", 1);
        recent.add("dice@90#1", "a", 2);

        assertThat(recent.of("dice@90#1")).containsExactly(2);
        assertThat(recent.of("dice@90#0")).isEmpty();
    }

    @Test
    void shouldTellSourcesApart() {
        recent.add("dice@90#0", "a", 1);
        recent.add("dice@90#0", "b", 2);

        assertThat(recent.of("dice@90#0", "b")).containsExactly(2);
        assertThat(recent.of("dice@90#0", "c")).isEmpty();
        assertThat(recent.detectorVersion()).isEqualTo("dice@90#0");
    }
}
