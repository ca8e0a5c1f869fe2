package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterCountsTest {

    private static final long NOW = 1_700_000_000_000L;

    private final MovingClock clock = new MovingClock(NOW);
    private final DeadLetterCounts counts = new DeadLetterCounts(clock, Duration.ofSeconds(100));

    @Test
    void shouldCountByReason() {
        counts.add("CORRUPT_IMAGE", NOW);
        counts.add("CORRUPT_IMAGE", NOW);
        counts.add("NOT_AVRO", NOW);
        counts.add("whatever else somebody writes", NOW);

        assertThat(counts.byReason()).isEqualTo(Map.of("CORRUPT_IMAGE", 2L, "NOT_AVRO", 1L, "OTHER", 1L));
    }

    @Test
    void shouldForgetAfterTheTimeAlsoWhatCameFromTheFuture() {
        counts.add("CORRUPT_IMAGE", NOW);
        counts.add("NOT_AVRO", NOW + Duration.ofDays(1_000).toMillis());
        clock.add(50_000);
        counts.add("NOT_AVRO", NOW + 50_000);
        assertThat(counts.byReason()).isEqualTo(Map.of("CORRUPT_IMAGE", 1L, "NOT_AVRO", 2L));

        clock.add(52_000);
        assertThat(counts.byReason()).isEqualTo(Map.of("NOT_AVRO", 1L));
    }
}
