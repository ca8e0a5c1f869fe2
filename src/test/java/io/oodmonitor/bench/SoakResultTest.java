package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.cli.text.Style;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakResultTest {

    private static final long MIB = 1 << 20;
    private static final Tally.Totals EXACT = new Tally.Totals(1_200, 1_200, 0, 0, 0);

    @TempDir
    private Path folder;

    @Test
    void shouldCallMemoryFlatUpToFivePercentOr16Mebibytes() {
        assertThat(new Growth(100 * MIB, 116 * MIB).isFlat()).isTrue();
        assertThat(new Growth(100 * MIB, 116 * MIB + 1).isFlat()).isFalse();
        assertThat(new Growth(1_000 * MIB, 1_050 * MIB).isFlat()).isTrue();
        assertThat(new Growth(1_000 * MIB, 1_050 * MIB + 1).isFlat()).isFalse();
        assertThat(new Growth(1_000 * MIB, 10 * MIB).isFlat()).as("shrank").isTrue();
    }

    @Test
    void shouldCompareTheMediansOfTheSecondAndLastQuarter() {
        assertThat(Growth.of(List.of(9_000L, 900L, 1L, 2L, 3L, 500L, 500L, 500L, 7L, 8_000L, 5L, 6L)))
                .isEqualTo(new Growth(3, 6));
    }

    @Test
    void shouldPassWhatIsFlatBoundedAndExact() {
        SoakResult result = result(i -> 200 * MIB + i % 2, i -> 800 * MIB, 64 * MIB, EXACT);
        assertThat(result.isPassed()).isTrue();
        assertThat(new SoakTable(result, Style.PLAIN).lines()).contains(
                "second                   100/s                 210 MB    1.0 MB    839 MB",
                "Memory      flat: from the second to the last quarter the heap grew by 0 B, the process grew by 0 B; "
                        + "5% or 16.8 MB are allowed (ok)",
                "In flight   67.1 MB of images at most, the bound is 67.1 MB (ok)",
                "Account     1,200 sent = 1,200 verdicts + 0 dead letters; 0 lost, 0 doubled (ok)");
    }

    @Test
    void shouldNotPassALeakAnOverrunOrALoss() {
        IntToLongFunction flat = i -> 200 * MIB;
        IntToLongFunction leak = i -> (200 + 10 * i) * MIB;
        assertThat(result(leak, flat, MIB, EXACT)).matches(r -> !r.isFlat() && !r.isPassed(), "heap");
        assertThat(result(flat, leak, MIB, EXACT)).matches(r -> !r.isFlat() && !r.isPassed(), "process");
        assertThat(result(flat, flat, 64 * MIB + 1, EXACT)).matches(r -> !r.isBounded() && !r.isPassed(), "in flight");
        assertThat(result(flat, flat, MIB, new Tally.Totals(2, 1, 0, 1, 0)).isPassed()).isFalse();
        assertThat(new SoakTable(result(leak, flat, MIB, EXACT), Style.PLAIN).lines())
                .anyMatch(line -> line.contains("growing: from the second to the last quarter the heap grew by 62.9 MB"));
    }

    @Test
    void shouldWriteFiguresAndAPicture() throws Exception {
        SoakResult result = result(i -> 200 * MIB, i -> 800 * MIB, MIB, EXACT);
        JsonNode json = new SoakJson(result).json();
        assertThat(json.path("flat").asBoolean()).isTrue();
        assertThat(json.path("seconds").asInt()).isEqualTo(12);
        assertThat(json.path("samples")).hasSize(12);
        assertThat(json.at("/resident/lastQuarterBytes").asLong()).isEqualTo(800 * MIB);
        new SoakPlot(result).write(folder.resolve("soak.png"));
        assertThat(Files.size(folder.resolve("soak.png"))).isGreaterThan(5_000);
    }

    @Test
    void shouldNotJudgeByFewerThanFourSamples() {
        assertThatThrownBy(() -> new SoakResult("m", "w", 2, 0, 0, 0, List.of(), EXACT))
                .hasMessage("There must be at least 4 samples, but there are 0");
    }

    @Test
    void shouldSampleFromOnceASecondToOnceAMinute() {
        assertThat(Soak.interval(Duration.ofSeconds(10))).hasSeconds(1);
        assertThat(Soak.interval(Duration.ofMinutes(30))).hasSeconds(30);
        assertThat(Soak.interval(Duration.ofHours(100))).hasSeconds(60);
    }

    private static SoakResult result(IntToLongFunction heap, IntToLongFunction resident, long peak,
                                     Tally.Totals totals) {
        return new SoakResult("parts 1 with dice@90", "16 images of noise", 2, 512 * MIB, peak, 64 * MIB,
                IntStream.range(0, 12).mapToObj(i -> new SoakSample(Duration.ofSeconds(i + 1), 100,
                        heap.applyAsLong(i), MIB, OptionalLong.of(resident.applyAsLong(i)))).toList(), totals);
    }
}
