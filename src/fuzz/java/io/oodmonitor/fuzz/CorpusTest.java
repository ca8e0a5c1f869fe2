package io.oodmonitor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.oodmonitor.bundle.ManifestFuzz;
import io.oodmonitor.dataset.IdxFuzz;
import io.oodmonitor.dataset.MatFuzz;
import io.oodmonitor.dataset.PickleFuzz;
import io.oodmonitor.dataset.TarFuzz;
import io.oodmonitor.dataset.TarGzFuzz;
import io.oodmonitor.dataset.ZipFuzz;
import io.oodmonitor.detector.statistics.NpyFuzz;
import io.oodmonitor.event.EventFuzz;
import io.oodmonitor.image.BmpFuzz;
import io.oodmonitor.image.JpegFuzz;
import io.oodmonitor.image.PngFuzz;
import io.oodmonitor.image.WebpFuzz;
import io.oodmonitor.onnx.OnnxFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every target on its corpus, on nothing, and on some changes of each file: what fuzzing has found stays
 * mended, without a fuzzer.
 */
@Timeout(120)
class CorpusTest {

    private static final Path CORPUS = Path.of("src/fuzz/corpus");
    private static final Path TARGETS = Path.of("src/fuzz/java");
    private static final int CHANGES = 20;

    /** What Jazzer calls. */
    private interface Target {
        void read(byte[] input) throws Exception;
    }

    private static final Map<String, Target> BY_NAME = Map.ofEntries(
            Map.entry("bmp", BmpFuzz::fuzzerTestOneInput), Map.entry("event", EventFuzz::fuzzerTestOneInput),
            Map.entry("idx", IdxFuzz::fuzzerTestOneInput), Map.entry("jpeg", JpegFuzz::fuzzerTestOneInput),
            Map.entry("manifest", ManifestFuzz::fuzzerTestOneInput), Map.entry("mat", MatFuzz::fuzzerTestOneInput),
            Map.entry("npy", NpyFuzz::fuzzerTestOneInput), Map.entry("onnx", OnnxFuzz::fuzzerTestOneInput),
            Map.entry("pickle", PickleFuzz::fuzzerTestOneInput), Map.entry("png", PngFuzz::fuzzerTestOneInput),
            Map.entry("tar", TarFuzz::fuzzerTestOneInput), Map.entry("targz", TarGzFuzz::fuzzerTestOneInput),
            Map.entry("webp", WebpFuzz::fuzzerTestOneInput), Map.entry("zip", ZipFuzz::fuzzerTestOneInput));

    @Test
    void shouldHaveACorpusForEveryTarget() throws IOException {
        try (Stream<Path> sources = Files.walk(TARGETS); Stream<Path> folders = Files.list(CORPUS)) {
            List<String> targets = sources.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .map(name -> name.replace("Fuzz.java", "").toLowerCase(Locale.ROOT)).toList();
            assertThat(BY_NAME.keySet()).containsExactlyInAnyOrderElementsOf(targets);
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(targets);
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldReadOrRefuse() {
        return BY_NAME.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(target -> DynamicTest.dynamicTest(target.getKey(), () -> replay(target.getKey(),
                        target.getValue())));
    }

    private static void replay(String name, Target target) throws Exception {
        target.read(new byte[0]);
        for (Path file : files(name)) {
            byte[] input = Files.readAllBytes(file);
            assertThatCode(() -> target.read(input)).as("%s", file).doesNotThrowAnyException();
            Random random = new Random(input.length);
            for (int i = 0; i < CHANGES; i++) {
                byte[] changed = changed(input, random);
                assertThatCode(() -> target.read(changed)).as("%s, change %d", file, i).doesNotThrowAnyException();
            }
        }
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(name))) {
            List<Path> sorted = files.sorted().toList();
            assertThat(sorted).as("corpus of %s", name).isNotEmpty();
            return sorted;
        }
    }

    /** Some bytes, a length, or the end. */
    private static byte[] changed(byte[] input, Random random) {
        byte[] changed = Arrays.copyOf(input, random.nextInt(4) == 0 ? random.nextInt(input.length + 1) : input.length);
        for (int hits = random.nextInt(5); hits > 0 && changed.length > 0; hits--) {
            int at = random.nextInt(random.nextBoolean() ? changed.length : Math.min(changed.length, 64));
            changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextBoolean() ? 0xff : 0x7f);
        }
        return changed;
    }
}
