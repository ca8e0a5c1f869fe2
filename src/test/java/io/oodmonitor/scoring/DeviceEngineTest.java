package io.oodmonitor.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.image.RgbImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine on devices with shapes, with an end of memory, and that may be lost. */
@Timeout(30)
class DeviceEngineTest {

    private static final Framing FRAMING = Framing.stretch(2, 2, Interpolation.BILINEAR);

    private static ScoringEngine engine(int lanes, Network... networks) {
        return new ScoringEngine(List.of(networks), FRAMING, new EngineSettings(16, Duration.ofMillis(20), 2, lanes, 1,
                1 << 20, BatchShapes.POWERS_OF_TWO, ImageLimits.DEFAULT));
    }

    private static ImageSource image(int firstByte) {
        byte[] pixels = new byte[12];
        pixels[0] = (byte) firstByte;
        return decoder -> new RgbImage(2, 2, pixels);
    }

    private static void shouldScore(ScoringEngine engine, int images) throws Exception {
        List<CompletableFuture<Score>> futures = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            futures.add(engine.submit(image(i % 256), 12));
        }
        for (int i = 0; i < images; i++) {
            assertThat(futures.get(i).get(10, TimeUnit.SECONDS).score()).isEqualTo(i % 256);
        }
    }

    @Test
    void shouldWarmUpEverySizeAndRunNoOther() throws Exception {
        DeviceNetwork network = DeviceNetwork.withMemoryFor(16);
        try (ScoringEngine engine = engine(1, network)) {
            assertThat(network.sizes()).containsExactly(16, 1, 2, 4, 8);
            shouldScore(engine, 300);
            shouldScore(engine, 3);
            assertThat(network.sizes()).isSubsetOf(1, 2, 4, 8, 16);
        }
        assertThat(network.isClosed()).isTrue();
    }

    @Test
    void shouldSplitABatchThatThereIsNoMemoryForAndBlameNoImage() throws Exception {
        DeviceNetwork network = DeviceNetwork.withMemoryFor(16);
        try (ScoringEngine engine = engine(1, network)) {
            network.shrink(3);
            shouldScore(engine, 300);
            // Each size fails once at most: no later batch is run at it.
            assertThat(network.refused()).doesNotHaveDuplicates().contains(4);
            assertThat(engine.statistics().largestRun()).isEqualTo(2);
        }
    }

    @Test
    void shouldStartWithSmallerBatchesWhereThereIsNoMemoryForAFullOne() throws Exception {
        DeviceNetwork network = DeviceNetwork.withMemoryFor(5);
        try (ScoringEngine engine = engine(1, network)) {
            assertThat(engine.statistics().largestRun()).isEqualTo(4);
            shouldScore(engine, 100);
            assertThat(network.refused()).containsExactly(16, 8);
        }
    }

    @Test
    void shouldHaveAnImageTriedAgainThatThereIsNoMemoryForAlone() throws Exception {
        DeviceNetwork network = DeviceNetwork.withMemoryFor(16);
        try (ScoringEngine engine = engine(1, network)) {
            network.shrink(0);
            CompletableFuture<Score> future = engine.submit(image(1), 12);
            assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(EngineException.class)
                    .hasMessageContaining("The device has no memory for a single image");
            assertThat(engine.failure()).isPresent();
            network.shrink(1);
            shouldScore(engine, 20);
            assertThat(engine.failure()).isEmpty();
        }
    }

    @Test
    void shouldRefuseToStartWhereThereIsNoMemoryForOneImage() {
        assertThatThrownBy(() -> engine(2, DeviceNetwork.withMemoryFor(0))).isInstanceOf(EngineException.class)
                .hasMessageStartingWith("The network does not run: ");
    }

    @Test
    void shouldEndEveryImageAtOnceWhenTheDeviceIsLost() throws Exception {
        DeviceNetwork network = DeviceNetwork.withMemoryFor(16);
        ScoringEngine engine = engine(2, network);
        try (engine) {
            shouldScore(engine, 20);
            assertThat(engine.failure()).isEmpty();
            network.lose();
            for (int i = 0; i < 100; i++) {
                CompletableFuture<Score> future = engine.submit(image(i), 12);
                assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(DeviceLostException.class);
            }
            assertThat(engine.failure().orElseThrow()).hasMessage("The network's device is lost (CUDA failure 700: "
                    + "an illegal memory access was encountered), and this process cannot get it back: start it again");
        }
        // ONNX Runtime may end the whole process when it frees memory of a device that is gone.
        assertThat(network.isClosed()).isFalse();
    }

    @Test
    void shouldKeepEveryDeviceBusyFromOneQueue() throws Exception {
        // A run on either device waits for one on the other: were one of them idle, neither would end.
        CyclicBarrier together = new CyclicBarrier(2);
        MeetingNetwork first = new MeetingNetwork(together);
        MeetingNetwork second = new MeetingNetwork(together);
        try (ScoringEngine engine = engine(1, first, second)) {
            first.meet();
            second.meet();
            shouldScore(engine, 32);
        }
        assertThat(first.hasMet()).isTrue();
        assertThat(second.hasMet()).isTrue();
    }
}
