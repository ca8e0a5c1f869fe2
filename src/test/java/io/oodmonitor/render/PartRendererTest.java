package io.oodmonitor.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartRendererTest {
    private final PartRenderer renderer = new PartRenderer();

    @ParameterizedTest
    @EnumSource(PartClass.class)
    void shouldRenderTheSamePartFromTheSameSeed(PartClass part) {
        Render once = renderer.render(part, 42);
        Render again = new PartRenderer().render(part, 42);

        assertThat(again.rgb()).isEqualTo(once.rgb());
        assertThat(again.jpeg()).isEqualTo(once.jpeg());
    }

    @ParameterizedTest
    @EnumSource(OddKind.class)
    void shouldRenderTheSameOddityFromTheSameSeed(OddKind kind) {
        Render once = renderer.render(kind, 42);
        Render again = new PartRenderer().render(kind, 42);

        assertThat(again.rgb()).isEqualTo(once.rgb());
        assertThat(again.jpeg()).isEqualTo(once.jpeg());
    }

    @Test
    void shouldRenderTheSameOnSeveralThreadsAsOnOne() {
        List<byte[]> one = IntStream.range(0, 200).mapToObj(this::picture).toList();
        List<byte[]> many = IntStream.range(0, 200).parallel().mapToObj(this::picture).toList();

        for (int i = 0; i < one.size(); i++) {
            assertThat(many.get(i)).isEqualTo(one.get(i));
        }
    }

    private byte[] picture(int index) {
        PartClass[] parts = PartClass.values();
        return renderer.render(parts[index % parts.length], index).rgb();
    }

    @ParameterizedTest
    @EnumSource(PartClass.class)
    void shouldRenderAnotherPictureFromAnotherSeed(PartClass part) {
        assertAllDiffer(IntStream.range(0, 50).mapToObj(seed -> renderer.render(part, seed)));
    }

    @ParameterizedTest
    @EnumSource(OddKind.class)
    void shouldRenderAnotherOddityFromAnotherSeed(OddKind kind) {
        assertAllDiffer(IntStream.range(0, 50).mapToObj(seed -> renderer.render(kind, seed)));
    }

    @Test
    void shouldRenderAnotherPictureOfEverySubjectFromOneSeed() {
        assertAllDiffer(Stream.concat(Arrays.stream(PartClass.values()).map(part -> renderer.render(part, 1)),
                Arrays.stream(OddKind.values()).map(kind -> renderer.render(kind, 1))));
    }

    private static void assertAllDiffer(Stream<Render> renders) {
        assertThat(renders.map(render -> Arrays.hashCode(render.rgb())).toList()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(PartClass.class)
    void shouldShowSomethingInEveryPictureOfAPart(PartClass part) {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(spread(renderer.render(part, seed).rgb())).as("spread of levels at seed %d", seed)
                    .isGreaterThan(3);
        }
    }

    @Test
    void shouldBeDarkWhereTheLampHasFailed() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(mean(renderer.render(OddKind.DARK_FRAME, seed).rgb())).as("mean level at seed %d", seed)
                    .isLessThan(50);
        }
    }

    @Test
    void shouldKeepThePixelsThroughJpegWithinItsLoss() throws IOException {
        for (PartClass part : PartClass.values()) {
            Render render = renderer.render(part, 3);
            byte[] decoded = Jpeg.decode(render.jpeg());
            double error = IntStream.range(0, decoded.length)
                    .map(i -> Math.abs((decoded[i] & 0xFF) - (render.rgb()[i] & 0xFF))).average().orElseThrow();

            assertThat(error).isLessThan(6);
            assertThat(ImageIO.read(new ByteArrayInputStream(render.jpeg())).getWidth()).isEqualTo(Render.SIDE);
        }
    }

    @Test
    void shouldNameTheClassesInTheOrderOfTheOutputs() {
        assertThat(PartClass.labels()).containsExactly("hex-nut", "bolt", "washer", "gear", "spring", "bearing", "stud",
                "wing-nut", "bracket", "retaining-ring");
    }

    private static double mean(byte[] levels) {
        return IntStream.range(0, levels.length).map(i -> levels[i] & 0xFF).average().orElseThrow();
    }

    private static double spread(byte[] levels) {
        double mean = mean(levels);
        return Math.sqrt(IntStream.range(0, levels.length).mapToDouble(i -> (levels[i] & 0xFF) - mean)
                .map(d -> d * d).average().orElseThrow());
    }
}
