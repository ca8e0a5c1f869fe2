package io.oodmonitor.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | 0", " 7 | 7", "120 | 120", "100000000 | 900",
        "Wed, 25 Nov 2026 12:01:30 GMT | 90", "Wed, 25 Nov 2026 11:00:00 GMT | 0",
        "Thu, 26 Nov 2026 12:00:00 GMT | 900"})
    void shouldBelieveSecondsAndDatesUpToABound(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "2026-11-25T12:01:30Z"})
    void shouldNotCareForAnythingElse(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @Test
    void shouldBeReadForEveryStatus() {
        assertThat(Answer.ofStatus(503, Optional.of("3"), NOW).retryAfter()).contains(Duration.ofSeconds(3));
    }
}
