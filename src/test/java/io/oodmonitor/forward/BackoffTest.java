package io.oodmonitor.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

    @Property
    void shouldDoubleUpToTheBoundAndSpread(@ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        long most = failures > 7 ? 60_000 : 500L << failures - 1;
        assertThat(BACKOFF.pause(failures, new Random(seed)).toMillis()).isBetween(most / 2, Math.min(most, 60_000));
    }

    @Example
    void shouldNotComeBackAtOnceWithTheOthers() {
        Random random = new Random(3);
        assertThat(random.ints(50, 3, 4).mapToObj(failures -> BACKOFF.pause(failures, random)).distinct().count())
                .isGreaterThan(40);
    }

    @Example
    void shouldRefusePausesThatFall() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
