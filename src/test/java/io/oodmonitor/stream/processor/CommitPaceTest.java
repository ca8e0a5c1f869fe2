package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPaceTest {

    private static final long START = 1_800_000_000_000L;

    private final AtomicBoolean behind = new AtomicBoolean();
    private final CommitPace pace = new CommitPace(Duration.ofMillis(100), behind::get);

    @Test
    void shouldCommitAfterATenthOfTheIntervalWhileTheEngineKeepsUp() {
        assertThat(pace.isDue(START)).isTrue();
        assertThat(pace.isDue(START + 9)).isFalse();
        assertThat(pace.isDue(START + 10)).isTrue();
        assertThat(pace.isDue(START + 19)).isFalse();
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
        pace.committed(START + 110, 12);

        assertThat(pace.isDue(START + 110 + 11)).isFalse();
        assertThat(pace.isDue(START + 110 + 12)).isTrue();
    }

    @Test
    void shouldLeaveItToKafkaStreamsWhileTheEngineIsBehind() {
        behind.set(true);
        assertThat(pace.isDue(START)).isFalse();
        assertThat(pace.isDue(START + 1_000)).isFalse();
        behind.set(false);
        assertThat(pace.isDue(START + 1_001)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 30, true", "10, 31, false", "90, 270, true", "90, 271, false"})
    void shouldNotCommitEarlyForMoreThanThreeImagesAMillisecond(long millis, int images, boolean due) {
        pace.committed(START, millis);
        for (int image = 1; image < images; image++) {
            assertThat(pace.isDue(START + millis - 1)).isFalse();
        }
        assertThat(pace.isDue(START + millis)).isEqualTo(due);
    }

    @Test
    void shouldTryAgainAfterAsLong() {
        pace.committed(START, 0);
        for (int image = 0; image < 100; image++) {
            assertThat(pace.isDue(START + 9)).isFalse();
        }
        assertThat(pace.isDue(START + 10)).isFalse();
        assertThat(pace.isDue(START + 19)).isFalse();
        assertThat(pace.isDue(START + 20)).isTrue();
    }

    @Test
    void shouldKeepThePacesOfThreadsApart() {
        assertThat(pace.isDue(START)).isTrue();
        assertThat(CompletableFuture.supplyAsync(() -> pace.isDue(START + 1), task -> new Thread(task).start()).join())
                .isTrue();
        assertThat(pace.isDue(START + 1)).isFalse();
    }
}
