package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final long START = 1_800_000_000_000L;

    private final AtomicBoolean behind = new AtomicBoolean();
    private final CommitPace pace = new CommitPace(Duration.ofMillis(100), behind::get);

    @Test
    void shouldCommitAfterThreeTenthsOfTheIntervalWhileTheEngineKeepsUp() {
        assertThat(pace.isDue(START)).isTrue();
        assertThat(pace.isDue(START + 29)).isFalse();
        assertThat(pace.isDue(START + 30)).isTrue();
        assertThat(pace.isDue(START + 59)).isFalse();
    }

    @Test
    void shouldWorkAsLongAsTheLastCommitTook() {
        assertThat(pace.isDue(START)).isTrue();
        pace.committed(START + 80, 80);

        assertThat(pace.isDue(START + 80 + 79)).isFalse();
        assertThat(pace.isDue(START + 80 + 80)).isTrue();
    }

    @Test
    void shouldCommitEarlyAgainOnceCommitsAreQuick() {
        pace.committed(START, 5_000);
        assertThat(pace.isDue(START + 100)).isFalse();
        pace.committed(START + 110, 10);

        assertThat(pace.isDue(START + 110 + 29)).isFalse();
        assertThat(pace.isDue(START + 110 + 30)).isTrue();
    }

    /** More than a hundred images came, but no faster than where a hundred are few. */
    @Test
    void shouldCountImagesByTheTimeInWhichTheyCame() {
        pace.committed(START, 90);
        for (int image = 1; image < 300; image++) {
            assertThat(pace.isDue(START + 89)).isFalse();
        }
        assertThat(pace.isDue(START + 90)).isTrue();
    }

    @Test
    void shouldLeaveItToKafkaStreamsWhileTheEngineIsBehind() {
        behind.set(true);
        assertThat(pace.isDue(START)).isFalse();
        assertThat(pace.isDue(START + 1_000)).isFalse();
        behind.set(false);
        assertThat(pace.isDue(START + 1_001)).isTrue();
    }

    @Test
    void shouldNotCommitEarlyForMoreThanAHundredImages() {
        assertThat(pace.isDue(START)).isTrue();
        for (int image = 1; image <= 100; image++) {
            assertThat(pace.isDue(START + 29)).isFalse();
        }
        assertThat(pace.isDue(START + 30)).isFalse();
        assertThat(pace.isDue(START + 59)).isFalse();
        assertThat(pace.isDue(START + 60)).isTrue();
    }

    @Test
    void shouldKeepThePacesOfThreadsApart() {
        assertThat(pace.isDue(START)).isTrue();
        assertThat(CompletableFuture.supplyAsync(() -> pace.isDue(START + 1), task -> new Thread(task).start()).join())
                .isTrue();
        assertThat(pace.isDue(START + 1)).isFalse();
    }
}
