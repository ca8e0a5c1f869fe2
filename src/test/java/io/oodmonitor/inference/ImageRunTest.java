package io.oodmonitor.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.scoring.EngineException;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageRunTest {

    private static final Framing FRAMING = Framing.stretch(2, 2, Interpolation.BILINEAR);

    @Test
    void shouldHandOnResultsInOrderAndCloseTheWalk() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        List<Integer> ids = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        try (ScoringEngine engine = engine(PixelNetwork.sound())) {
            new ImageRun(engine, new UnreadableImages(0, 3_000)).run(
                    samples(3_000).onClose(() -> closed.set(true)), (sample, score) -> {
                        ids.add(Integer.valueOf(sample.id()));
                        scores.add(score.score());
                    });
        }
        assertThat(ids).containsExactlyElementsOf(IntStream.range(0, 3_000).boxed().toList());
        assertThat(scores).containsExactlyElementsOf(
                IntStream.range(0, 3_000).mapToObj(i -> (float) (i % 251)).toList());
        assertThat(closed).isTrue();
    }

    @Test
    void shouldLeaveOutUnreadableImagesUpToTheirShare() throws Exception {
        Stream<Sample> some = Stream.concat(samples(98), Stream.of(broken("x"), broken("y")));
        UnreadableImages left = new UnreadableImages(0.02, 100);
        List<String> ids = new ArrayList<>();
        try (ScoringEngine engine = engine(PixelNetwork.sound())) {
            new ImageRun(engine, left).run(some, (sample, score) -> ids.add(sample.id()));
            assertThat(ids).hasSize(98);
            assertThat(left.count()).isEqualTo(2);
            assertThat(left.first()).hasValue("x: the image is not a JPEG, PNG, BMP or WebP file");
            assertThatThrownBy(() -> new ImageRun(engine, left).run(Stream.of(broken("z")), (sample, score) -> { }))
                    .isInstanceOf(InferenceException.class).hasMessage("3 of 100 images cannot be read, and at most 2 may"
                            + " be; the first is x: the image is not a JPEG, PNG, BMP or WebP file");
        }
    }

    @Test
    void shouldEndWhereTheNetworkFails() {
        try (ScoringEngine engine = engine(PixelNetwork.failingOn(pixel -> pixel == 200))) {
            assertThatThrownBy(() -> new ImageRun(engine, new UnreadableImages(0, 251)).run(
                    samples(251), (sample, score) -> { })).isInstanceOf(EngineException.class)
                    .hasMessage("image 200 cannot be scored: The network fails on this image alone: It does not like 200");
        }
        AtomicBoolean down = new AtomicBoolean();
        try (ScoringEngine engine = engine(PixelNetwork.failingOn(pixel -> down.get()))) {
            down.set(true);
            assertThatThrownBy(() -> new ImageRun(engine, new UnreadableImages(0, 251)).run(
                    samples(251), (sample, score) -> { })).isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("The network fails on every image");
        }
    }

    private static ScoringEngine engine(PixelNetwork network) {
        return new ScoringEngine(network, FRAMING, EngineSettings.forThroughput());
    }

    private static Stream<Sample> samples(int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            byte[] pixels = new byte[12];
            pixels[0] = (byte) (i % 251);
            return new Sample(Integer.toString(i), Optional.empty(), OptionalInt.empty(),
                    new Payload.Rgb8(2, 2, pixels));
        });
    }

    private static Sample broken(String id) {
        return new Sample(id, Optional.empty(), OptionalInt.empty(), new Payload.Encoded(new byte[] {1, 2, 3}));
    }
}
