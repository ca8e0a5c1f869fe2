package io.oodmonitor.stream.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.scoring.BatchShapes;
import io.oodmonitor.scoring.EngineException;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SLOW = 9;

    private final CountDownLatch slow = new CountDownLatch(1);
    private final ScoringEngine engine = new ScoringEngine(PixelNetwork.failingOn(this::waitsIfSlow),
            Framing.stretch(2, 2, Interpolation.BILINEAR), new EngineSettings(1, Duration.ZERO, 2, 1, 1, 1 << 20,
                    BatchShapes.EXACT, ImageLimits.DEFAULT));

    private boolean waitsIfSlow(int pixel) {
        if (pixel == SLOW) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }

    @AfterEach
    void stop() {
        slow.countDown();
        engine.close();
    }

    /** One that needs no registry: anything that cannot be read leaves the engine at once. */
    private static List<Pending> unreadable(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Pending(i, new EventSource("images", new byte[1], null)))
                .toList();
    }

    /** Submits an image that stays in the engine, if there is room. */
    private static boolean stays(Admission admission) {
        byte[] pixels = new byte[12];
        pixels[0] = SLOW;
        return admission.trySubmit(decoder -> new RgbImage(2, 2, pixels), pixels.length).isPresent();
    }

    @Test
    void shouldLetRecordsInAsOthersLeave() {
        Admission admission = new Admission(engine);
        assertThat(Stream.generate(() -> stays(admission)).limit(1_000).takeWhile(inside -> inside))
                .as("what the engine takes").hasSizeBetween(1, 999);
        List<Pending> records = unreadable(100);
        records.forEach(admission::add);
        admission.admit();
        assertThat(records).noneMatch(Pending::isSubmitted);

        slow.countDown();
        await().atMost(PATIENCE).until(() -> records.stream().allMatch(Pending::isSettled));
        for (int i = 1; i < records.size(); i++) {
            assertThat(records.get(i).submittedAt()).isGreaterThanOrEqualTo(records.get(i - 1).submittedAt());
        }
    }

    @Test
    void shouldPassOverWhatOthersSeeTo() {
        Admission admission = new Admission(engine);
        List<Pending> records = unreadable(3);
        records.get(1).take();
        records.forEach(admission::add);
        admission.admit();
        await().atMost(PATIENCE).until(() -> records.get(0).isSettled() && records.get(2).isSettled());
        assertThat(records.get(1).isSubmitted()).isFalse();
    }

    @Test
    void shouldLetNoneInThatWouldOnlyFail() throws Exception {
        Admission admission = new Admission(engine);
        admission.trySubmit(decoder -> {
            throw new EngineException("out of order", null);
        }, 1);
        await().atMost(PATIENCE).until(admission::isClosed);
        List<Pending> records = unreadable(3);
        records.forEach(admission::add);
        admission.admit();
        assertThat(records).noneMatch(Pending::isSubmitted);

        Pending claimed = unreadable(1).get(0);
        assertThat(admission.trySubmit(claimed, PATIENCE)).isTrue();
        await().atMost(PATIENCE).until(() -> records.stream().allMatch(Pending::isSettled));
    }

    @Test
    void shouldNotTakeAnImageForHangingWhileOthersLeaveTheEngine() {
        Admission admission = new Admission(engine, Duration.ofSeconds(1), PATIENCE);
        Pending waiting = unreadable(1).get(0);
        long start = System.nanoTime();
        while (System.nanoTime() - start < Duration.ofMillis(1_600).toNanos()) {
            Pending quick = unreadable(1).get(0);
            admission.add(quick);
            admission.admit();
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                    .until(quick::isSettled);
            assertThat(admission.hangs(waiting)).isFalse();
        }
        await().atMost(PATIENCE).until(() -> admission.hangs(waiting));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(2_500));
    }

    @Test
    void shouldTakeAnImageForHangingThatOthersOvertakeForTooLong() {
        Admission admission = new Admission(engine, PATIENCE, Duration.ofMillis(300));
        Pending stays = unreadable(1).get(0);
        assertThat(admission.hangs(stays)).isFalse();
        stays.submitted(new CompletableFuture<>());
        assertThat(admission.hangs(stays)).isFalse();
        await().atMost(PATIENCE).until(() -> admission.hangs(stays));
    }
}
