package io.oodmonitor.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.image.RgbImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitsTest {

    private static final ImageSource IMAGE = decoder -> new RgbImage(2, 2, new byte[12]);

    private final WaitCounters counters = new WaitCounters();

    private static Batch batch(long... reservedAt) {
        Batch batch = new Batch(4, 12, 0);
        for (long at : reservedAt) {
            batch.reserve(new CompletableFuture<>(), at);
        }
        return batch;
    }

    @Test
    void shouldCountAsWaitingForOthersWhatAFreeLaneWaitedToo() {
        counters.scored(batch(100, 130), 90, 150, 400);
        assertThat(counters.sum()).isEqualTo(new Waits(0, 50 + 20, 0, 2 * 250));
    }

    @Test
    void shouldCountAsWaitingForALaneWhatWasBeforeOneWasFree() {
        counters.reserved(7, 3);
        counters.scored(batch(100, 130), 120, 150, 160);
        assertThat(counters.sum()).isEqualTo(new Waits(7, 30 + 20, 3 + 20, 2 * 10));
        assertThat(counters.sum().since(new Waits(1, 2, 3, 4))).isEqualTo(new Waits(6, 48, 20, 16));
    }

    @Test
    void shouldAccountForAllTheTimeInTheEngine() throws Exception {
        CountDownLatch inNetwork = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        boolean[] warm = {false};
        PixelNetwork network = PixelNetwork.failingOn(pixel -> {
            if (warm[0]) {
                inNetwork.countDown();
                await(gate);
            }
            return false;
        });
        try (ScoringEngine engine = new ScoringEngine(network, Framing.stretch(2, 2, Interpolation.BILINEAR),
                new EngineSettings(4, Duration.ZERO, 2, 1, 1, 1 << 20, BatchShapes.EXACT, ImageLimits.DEFAULT))) {
            warm[0] = true;
            long start = System.nanoTime();
            CompletableFuture<Score> first = engine.submit(IMAGE, 12);
            inNetwork.await();
            CompletableFuture<Score> second = engine.submit(IMAGE, 12);
            long submitted = System.nanoTime();
            Thread.sleep(20);
            long opened = System.nanoTime();
            gate.countDown();
            CompletableFuture.allOf(first, second).get(10, TimeUnit.SECONDS);
            // It waits for the lane, which counts after the futures have ended.
            engine.close();
            long end = System.nanoTime();

            Waits waits = engine.statistics().waits();
            long inEngine = waits.decodeNanos() + waits.othersNanos() + waits.laneNanos() + waits.networkNanos()
                    + engine.statistics().decodeNanos();
            assertThat(inEngine).isBetween(2 * (opened - submitted), 2 * (end - start));
            assertThat(waits.networkNanos()).as("of the first").isGreaterThanOrEqualTo(opened - submitted);
        }
    }

    @Test
    void shouldTellOfEachBatch() throws Exception {
        List<Integer> told = new CopyOnWriteArrayList<>();
        long start = System.nanoTime();
        try (ScoringEngine engine = new ScoringEngine(List.of(PixelNetwork.sound()),
                Framing.stretch(2, 2, Interpolation.BILINEAR),
                new EngineSettings(4, Duration.ZERO, 2, 1, 1, 1 << 20, BatchShapes.EXACT, ImageLimits.DEFAULT),
                (images, waitNanos, networkNanos) -> {
                    assertThat(waitNanos).isBetween(0L, System.nanoTime() - start);
                    assertThat(networkNanos).isBetween(0L, System.nanoTime() - start - waitNanos);
                    told.add(images);
                })) {
            engine.submit(IMAGE, 12).get(10, TimeUnit.SECONDS);
            assertThat(engine.statistics().batchesInFlight()).isBetween(0, 1);
            // It waits for the lane, which tells after the futures have ended.
            engine.close();
            assertThat(engine.statistics().batchesInFlight()).isZero();
        }
        assertThat(told).containsExactly(1);
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
