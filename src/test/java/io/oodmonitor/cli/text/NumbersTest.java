package io.oodmonitor.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "15360, 15.4 kB", "999499, 999 kB", "999500, 1.0 MB",
        "12091695, 12.1 MB", "9223372036854775807, 9.2 EB"})
    void shouldRoundBytesToTheirUnit(long bytes, String text) {
        assertThat(Numbers.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "440, 0.4 s", "9949, 9.9 s", "9950, 10 s", "59499, 59 s", "60000, 1 min 00 s",
        "185000, 3 min 05 s", "7385000, 2 h 03 min"})
    void shouldSayDurationsAsPeopleDo(long millis, String text) {
        assertThat(Numbers.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"8.43, 8.4/s", "99.94, 99.9/s", "100, 100/s"})
    void shouldSayRates(double rate, String text) {
        assertThat(Numbers.perSecond(rate)).isEqualTo(text);
    }

    @Test
    void shouldWriteTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Numbers.count(12_345)).isEqualTo("12,345");
            assertThat(Numbers.percent(0.0493)).isEqualTo("4.9%");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldCountOneWithoutAnS() {
        assertThat(Numbers.count(1, "image")).isEqualTo("1 image");
        assertThat(Numbers.count(0, "image")).isEqualTo("0 images");
    }

    @Test
    void shouldKeepSmallProbabilitiesApart() {
        assertThat(Numbers.probability(0.03125)).isEqualTo("0.0313");
        assertThat(Numbers.probability(4.1e-9)).isEqualTo("4.1e-09");
        assertThat(Numbers.probability(0)).isEqualTo("0.0000");
    }
}
