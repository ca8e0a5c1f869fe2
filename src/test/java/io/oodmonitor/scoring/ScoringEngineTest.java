package io.oodmonitor.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.image.RgbImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ScoringEngineTest {

    private static final Framing FRAMING = Framing.stretch(2, 2, Interpolation.BILINEAR);

    private static EngineSettings settings(int batchSize, Duration maxDelay, long maxBytes) {
        return new EngineSettings(batchSize, maxDelay, 2, 1, 1, maxBytes, BatchShapes.EXACT, ImageLimits.DEFAULT);
    }

    private static ScoringEngine engine(Network network) {
        return new ScoringEngine(network, FRAMING, settings(8, Duration.ofMillis(5), 1 << 20));
    }

    private static ImageSource image(int firstByte) {
        byte[] pixels = new byte[12];
        pixels[0] = (byte) firstByte;
        return decoder -> new RgbImage(2, 2, pixels);
    }

    private static Score get(CompletableFuture<Score> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveEveryImageItsOwnScoreWhenManyThreadsSubmit() throws Exception {
        try (ScoringEngine engine = engine(PixelNetwork.sound())) {
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Thread thread = new Thread(() -> {
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            int pixel = i % 256;
                            assertThat(get(engine.submit(image(pixel), 12)))
                                    .usingRecursiveComparison()
                                    .isEqualTo(new Score(pixel, pixel % 2, 0.5f, new float[0], 0));
                        }
                    } catch (Throwable e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(engine.statistics().images()).isEqualTo(4_000);
        }
    }

    @Test
    void shouldFormBatchesWhenImagesCome() throws Exception {
        try (ScoringEngine engine = engine(PixelNetwork.sound())) {
            List<CompletableFuture<Score>> futures = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                futures.add(engine.submit(image(i % 256), 12));
            }
            for (CompletableFuture<Score> future : futures) {
                get(future);
            }
            assertThat(engine.statistics().meanBatchSize()).isGreaterThan(1.5);
        }
    }

    @Test
    void shouldNotWaitForMoreImagesWhenNoneAreOnTheirWay() throws Exception {
        try (ScoringEngine engine = new ScoringEngine(PixelNetwork.sound(), FRAMING,
                settings(8, Duration.ofHours(1), 1 << 20))) {
            assertThat(get(engine.submit(image(7), 12)).score()).isEqualTo(7);
        }
    }

    @Test
    void shouldCloseABatchWhenItsOldestImageHasWaitedLongEnough() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (ScoringEngine engine = engine(PixelNetwork.sound())) {
            CompletableFuture<Score> never = engine.submit(decoder -> {
                slow.await();
                return image(1).read(decoder);
            }, 12);
            assertThat(get(engine.submit(image(2), 12)).score()).isEqualTo(2);
            assertThat(never).isNotDone();
            slow.countDown();
            assertThat(get(never).score()).isEqualTo(1);
        }
    }

    @Test
    void shouldFailAnImageAloneWhenItCannotBeDecoded() throws Exception {
        try (ScoringEngine engine = engine(PixelNetwork.sound())) {
            CompletableFuture<Score> bad = engine.submit(decoder -> {
                throw new ImageRejectedException(ImageRejectedException.Reason.CORRUPT_IMAGE, "It is cut off");
            }, 12);
            CompletableFuture<Score> good = engine.submit(image(3), 12);
            assertThat(get(good).score()).isEqualTo(3);
            assertThatThrownBy(() -> get(bad)).isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ImageRejectedException.class);
        }
    }

    @Test
    void shouldFindTheImagesThatTheNetworkFailsOn() throws Exception {
        try (ScoringEngine engine = new ScoringEngine(PixelNetwork.failingOn(pixel -> pixel == 13 || pixel == 14),
                FRAMING, settings(8, Duration.ofMillis(50), 1 << 20))) {
            List<CompletableFuture<Score>> futures = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                futures.add(engine.submit(image(i), 12));
            }
            for (int i = 0; i < 40; i++) {
                CompletableFuture<Score> future = futures.get(i);
                if (i == 13 || i == 14) {
                    assertThatThrownBy(() -> get(future)).hasCauseInstanceOf(UnscorableImageException.class);
                } else {
                    assertThat(get(future).score()).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void shouldBlameTheEngineWhenTheNetworkFailsOnEveryImage() throws Exception {
        boolean[] broken = {false};
        try (ScoringEngine engine = engine(PixelNetwork.failingOn(pixel -> broken[0]))) {
            broken[0] = true;
            CompletableFuture<Score> failed = engine.submit(image(1), 12);
            assertThatThrownBy(() -> get(failed)).hasCauseInstanceOf(EngineException.class);
            assertThat(engine.failure()).get(THROWABLE)
                    .hasMessage("The network fails on every image: It does not like 1");
            broken[0] = false;
            assertThat(get(engine.submit(image(1), 12)).score()).isEqualTo(1);
            assertThat(engine.failure()).isEmpty();
        }
    }

    @Test
    void shouldNotBlameAnImageForARunThatFailedOnce() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        try (ScoringEngine engine = engine(
                PixelNetwork.failingOn(pixel -> pixel == 7 && failed.compareAndSet(false, true)))) {
            assertThat(get(engine.submit(image(7), 12)).score()).isEqualTo(7);
            assertThat(failed).isTrue();
            assertThat(engine.statistics().failedRuns()).isEqualTo(1);
            assertThat(engine.failure()).isEmpty();
        }
    }

    @Test
    void shouldRefuseToStartWhenTheNetworkDoesNotRun() {
        assertThatThrownBy(() -> engine(PixelNetwork.failingOn(pixel -> true)))
                .isInstanceOf(EngineException.class).hasMessage("The network does not run: It does not like 0");
    }

    @Test
    void shouldKeepBytesInFlightUnderTheirBound() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ScoringEngine engine = new ScoringEngine(PixelNetwork.sound(), FRAMING,
                settings(8, Duration.ZERO, 1_000))) {
            ImageSource gated = decoder -> {
                gate.await();
                return image(5).read(decoder);
            };
            // Each image holds 400 bytes and 12 for its pixels.
            CompletableFuture<Score> first = engine.trySubmit(gated, 400).orElseThrow();
            CompletableFuture<Score> second = engine.trySubmit(gated, 400).orElseThrow();
            assertThat(engine.trySubmit(gated, 400)).isEqualTo(Optional.empty());
            gate.countDown();
            assertThat(get(first).score()).isEqualTo(5);
            assertThat(get(second).score()).isEqualTo(5);
            assertThat(get(engine.submit(image(6), 400)).score()).isEqualTo(6);
            assertThat(engine.statistics().peakBytesInFlight()).isEqualTo(824);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 32", "4, 16", "1, 13"})
    void shouldTakeImagesInAdvanceForTheTimeOfACommit(int batchSize, int inBatches) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        EngineSettings settings = settings(batchSize, Duration.ZERO, 1 << 20);
        try (ScoringEngine engine = new ScoringEngine(PixelNetwork.sound(), FRAMING, settings)) {
            ImageSource gated = decoder -> {
                gate.await();
                return image(5).read(decoder);
            };
            List<CompletableFuture<Score>> accepted = new ArrayList<>();
            for (Optional<CompletableFuture<Score>> next = engine.trySubmit(gated, 1); next.isPresent();
                    next = engine.trySubmit(gated, 1)) {
                accepted.add(next.get());
            }
            assertThat(accepted).hasSize(settings.lanes() * inBatches + 2 * settings.decodeThreads());
            gate.countDown();
            for (CompletableFuture<Score> score : accepted) {
                assertThat(get(score).score()).isEqualTo(5);
            }
        }
    }

    @Test
    void shouldAdmitAnImageThatIsLargerThanTheBoundAlone() throws Exception {
        try (ScoringEngine engine = new ScoringEngine(PixelNetwork.sound(), FRAMING, settings(8, Duration.ZERO, 100))) {
            assertThat(get(engine.submit(image(5), 400)).score()).isEqualTo(5);
        }
    }

    @Test
    void shouldEndEveryFutureWhenItIsClosed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ScoringEngine engine = engine(PixelNetwork.sound());
        List<CompletableFuture<Score>> futures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            futures.add(engine.submit(decoder -> {
                never.await();
                return null;
            }, 12));
        }
        engine.close();
        for (CompletableFuture<Score> future : futures) {
            assertThatThrownBy(() -> future.get(1, TimeUnit.SECONDS)).isNotInstanceOf(TimeoutException.class);
        }
        assertThatThrownBy(() -> engine.submit(image(1), 12).get()).isInstanceOf(CancellationException.class);
    }
}
