package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final long START = 1_800_000_000_000L;

    private final AtomicBoolean idle = new AtomicBoolean(true);
    private final CommitPace pace = new CommitPace(Duration.ofMillis(100), idle::get);

    @Test
    void shouldCommitAfterHalfOfTheIntervalWhileNothingWaits() {
        assertThat(pace.isDue(START)).isTrue();
        assertThat(pace.isDue(START + 49)).isFalse();
        assertThat(pace.isDue(START + 50)).isTrue();
        assertThat(pace.isDue(START + 99)).isFalse();
    }

    @Test
    void shouldLeaveItToKafkaStreamsWhileImagesWait() {
        idle.set(false);
        assertThat(pace.isDue(START)).isFalse();
        assertThat(pace.isDue(START + 1_000)).isFalse();
        idle.set(true);
        assertThat(pace.isDue(START + 1_001)).isTrue();
    }

    @Test
    void shouldNotCommitEarlyForMoreThanAHundredImages() {
        assertThat(pace.isDue(START)).isTrue();
        for (int image = 1; image <= 100; image++) {
            assertThat(pace.isDue(START + 49)).isFalse();
        }
        assertThat(pace.isDue(START + 50)).isFalse();
        assertThat(pace.isDue(START + 99)).isFalse();
        assertThat(pace.isDue(START + 100)).isTrue();
    }

    @Test
    void shouldKeepThePacesOfThreadsApart() {
        assertThat(pace.isDue(START)).isTrue();
        assertThat(CompletableFuture.supplyAsync(() -> pace.isDue(START + 1), task -> new Thread(task).start()).join())
                .isTrue();
        assertThat(pace.isDue(START + 1)).isFalse();
    }
}
