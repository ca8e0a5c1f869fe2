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
import io.oodmonitor.scoring.ImageSource;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.ScoringEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final CountDownLatch goOn = new CountDownLatch(1);
    /** One thread of it reads images, in the order of their submission. */
    private final ScoringEngine engine = new ScoringEngine(PixelNetwork.sound(),
            Framing.stretch(2, 2, Interpolation.BILINEAR), new EngineSettings(1, Duration.ZERO, 1, 1, 1, 1 << 20,
                    BatchShapes.EXACT, ImageLimits.DEFAULT));

    @AfterEach
    void stop() {
        goOn.countDown();
        engine.close();
    }

    /** One that needs no registry: anything that cannot be read leaves the engine at once. */
    private static List<Pending> unreadable(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Pending(i, new EventSource("images", new byte[1], null)))
                .toList();
    }

    /** Fills the engine with images that stay until the test goes on. */
    private void fill(Admission admission) throws InterruptedException {
        admission.submit(image(() -> await().atMost(PATIENCE).until(() -> goOn.getCount() == 0)), 12);
        int behindIt = 0;
        while (admission.trySubmit(unreadable(1).get(0), Duration.ZERO)) {
            assertThat(behindIt++).as("what the engine takes").isLessThan(1_000);
        }
        assertThat(behindIt).isPositive();
    }

    private static ImageSource image(Runnable read) {
        return decoder -> {
            read.run();
            return new RgbImage(2, 2, new byte[12]);
        };
    }

    @Test
    void shouldLetRecordsInAsOthersLeave() throws Exception {
        Admission admission = new Admission(engine);
        List<Pending> records = unreadable(100);
        fill(admission);
        records.forEach(admission::add);
        admission.admit();
        assertThat(records).noneMatch(Pending::isSubmitted);

        goOn.countDown();
        await().atMost(PATIENCE).until(() -> records.stream().allMatch(Pending::isSettled));
        for (int i = 1; i < records.size(); i++) {
            assertThat(records.get(i).submittedAt()).isGreaterThanOrEqualTo(records.get(i - 1).submittedAt());
        }
    }

    @Test
    void shouldLetImagesThatNoTopicCarriesInBeforeThoseThatWait() throws Exception {
        Admission admission = new Admission(engine);
        fill(admission);
        List<Pending> records = unreadable(100);
        records.forEach(admission::add);
        List<Long> before = new ArrayList<>();
        CompletableFuture<Score> guest = admission.submit(
                image(() -> before.add(records.stream().filter(Pending::isSettled).count())), 12).orElseThrow();
        assertThat(guest).isNotDone();

        goOn.countDown();
        await().atMost(PATIENCE).until(guest::isDone);
        assertThat(before).containsExactly(0L);
        await().atMost(PATIENCE).until(() -> records.stream().allMatch(Pending::isSettled));
    }

    @Test
    void shouldRefuseSuchImagesWhereManyOfThemWait() throws Exception {
        Admission admission = new Admission(engine);
        fill(admission);
        List<CompletableFuture<Score>> guests = Stream.generate(() -> admission.submit(image(() -> {}), 12))
                .limit(1_000).takeWhile(Optional::isPresent).map(Optional::orElseThrow).toList();
        assertThat(guests).hasSize(16);
        goOn.countDown();
        await().atMost(PATIENCE).until(() -> guests.stream().allMatch(CompletableFuture::isDone));
        assertThat(admission.submit(image(() -> {}), 12)).isPresent();
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
        admission.submit(decoder -> {
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
