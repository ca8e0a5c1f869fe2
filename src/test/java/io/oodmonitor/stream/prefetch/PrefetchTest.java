package io.oodmonitor.stream.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.scoring.BatchShapes;
import io.oodmonitor.scoring.EngineException;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.Network;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PrefetchTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 0);

    @TempDir
    private Path folder;

    private EmbeddedRegistry registry(int port) throws Exception {
        return EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.of(folder));
    }

    private static ScoringEngine engine(Network network) {
        return new ScoringEngine(network, Framing.stretch(2, 2, Interpolation.BILINEAR),
                new EngineSettings(4, Duration.ofMillis(5), 2, 1, 1, 1 << 20, BatchShapes.EXACT, ImageLimits.DEFAULT));
    }

    private static Prefetch prefetch(ScoringEngine engine, URI registry, Duration timeout) {
        return new Prefetch(engine, new AvroDeserializer<>(client(registry), ImageEvent.class), Set.of("images"), timeout);
    }

    private static RegistryClient client(URI registry) {
        return new RegistryClient(RegistrySettings.of(registry));
    }

    private static byte[] event(URI registry, int score) {
        byte[] pixels = new byte[12];
        pixels[0] = (byte) score;
        return new AvroSerializer<>(client(registry), ImageEvent.class).serialize("images", ImageEvent.newBuilder()
                .setId("i").setSource("s").setCapturedAt(Instant.EPOCH).setEncoding(ImageEncoding.RGB8).setHeight(2)
                .setWidth(2).setImage(ByteBuffer.wrap(pixels)).build());
    }

    private static ConsumerRecords<byte[], byte[]> polled(byte[] value, int records) {
        List<ConsumerRecord<byte[], byte[]>> list = new ArrayList<>();
        for (int offset = 0; offset < records; offset++) {
            list.add(new ConsumerRecord<>("images", 0, offset, null, value));
        }
        return new ConsumerRecords<>(Map.of(PARTITION, list), Map.of());
    }

    @Test
    void shouldTryAgainAndNeverRejectWhileTheRegistryIsDown() throws Exception {
        URI url;
        byte[] value;
        try (EmbeddedRegistry registry = registry(0)) {
            url = registry.url();
            value = event(url, 9);
        }
        try (ScoringEngine engine = engine(PixelNetwork.sound())) {
            Prefetch prefetch = prefetch(engine, url, Duration.ofMillis(400));
            prefetch.offer(polled(value, 1));
            assertThatThrownBy(() -> prefetch.claim(PARTITION, 0, value)).isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("images-0 offset 0 was not scored within 400 ms");
            try (EmbeddedRegistry registry = registry(url.getPort())) {
                assertThat(registry.url()).isEqualTo(url);
                Outcome outcome = prefetch.claim(PARTITION, 0, value);
                assertThat(outcome).isInstanceOfSatisfying(Outcome.Scored.class,
                        scored -> assertThat(scored.score().score()).isEqualTo(9));
            }
        }
    }

    /** Two gigabytes of pixels, which the limits allow here; interlaced, so that all are needed at once. */
    private static byte[] tooLargeForTheHeap() {
        ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12 + 100_000 + 12);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(27_000).putInt(26_000).put((byte) 1).put(12, (byte) 1).array());
        chunk(png, "IDAT", new byte[100_000]);
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes());
        crc.update(content);
        png.putInt(content.length).put(type.getBytes()).put(content).putInt((int) crc.getValue());
    }

    @Test
    void shouldGiveUpOnAnImageThatThereIsNoMemoryFor() throws Exception {
        assumeThat(Runtime.getRuntime().maxMemory()).as("the heap").isLessThan(1L << 31);
        ImageLimits limits = new ImageLimits(30_000, 710_000_000, 1 << 20);
        try (EmbeddedRegistry registry = registry(0);
                ScoringEngine engine = new ScoringEngine(PixelNetwork.sound(),
                        Framing.stretch(2, 2, Interpolation.BILINEAR), new EngineSettings(4, Duration.ofMillis(5), 2, 1,
                                1, 1 << 20, BatchShapes.EXACT, limits))) {
            ImageEvent event = ImageEvent.newBuilder().setId("i").setSource("s").setCapturedAt(Instant.EPOCH)
                    .setEncoding(ImageEncoding.ENCODED).setImage(ByteBuffer.wrap(tooLargeForTheHeap())).build();
            byte[] value = new AvroSerializer<>(client(registry.url()), ImageEvent.class).serialize("images", event);
            Prefetch prefetch = prefetch(engine, registry.url(), Duration.ofSeconds(8));
            prefetch.offer(polled(value, 1));
            assertThat(prefetch.claim(PARTITION, 0, value)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                assertThat(rejected.reason()).isEqualTo(Reason.IMAGE_TOO_LARGE);
                assertThat(rejected.message()).startsWith("There is no memory to decode the image: ");
            });
        }
    }

    /** Hangs when it is told to, until the latch is opened. */
    private static Network hanging(AtomicBoolean hangs, CountDownLatch until) {
        return PixelNetwork.failingOn(pixel -> {
            if (hangs.get()) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return false;
        });
    }

    @Test
    void shouldEndTheWaitForABatchThatHangs() throws Exception {
        CountDownLatch until = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        try (EmbeddedRegistry registry = registry(0); ScoringEngine engine = engine(hanging(hangs, until))) {
            byte[] value = event(registry.url(), 9);
            Prefetch prefetch = prefetch(engine, registry.url(), Duration.ofMillis(300));
            hangs.set(true);
            assertThatThrownBy(() -> prefetch.claim(PARTITION, 0, value)).isInstanceOf(EngineException.class);
            hangs.set(false);
            until.countDown();
            assertThat(prefetch.claim(PARTITION, 0, value)).isInstanceOf(Outcome.Scored.class);
        }
    }

    @Test
    void shouldEndTheWaitForRoomBehindBatchesThatHang() throws Exception {
        CountDownLatch until = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        try (EmbeddedRegistry registry = registry(0); ScoringEngine engine = engine(hanging(hangs, until))) {
            byte[] value = event(registry.url(), 9);
            Prefetch prefetch = prefetch(engine, registry.url(), Duration.ofMillis(300));
            hangs.set(true);
            prefetch.offer(polled(value, 200));
            // As after a thread has died: what it had polled is polled again, and the engine is full of the old.
            prefetch.drop(PARTITION);
            assertThatThrownBy(() -> prefetch.claim(PARTITION, 0, value)).isInstanceOf(EngineException.class)
                    .hasMessage("images-0 offset 0 was not scored within 300 ms: the engine had no room for it");
            hangs.set(false);
            until.countDown();
            assertThat(prefetch.claim(PARTITION, 0, value)).isInstanceOf(Outcome.Scored.class);
        }
    }

    @Test
    void shouldScoreEachPolledRecordOnce() throws Exception {
        try (EmbeddedRegistry registry = registry(0); ScoringEngine engine = engine(PixelNetwork.sound())) {
            byte[] value = event(registry.url(), 7);
            Prefetch prefetch = prefetch(engine, registry.url(), Duration.ofSeconds(10));
            prefetch.offer(polled(value, 200));
            for (int offset = 0; offset < 200; offset++) {
                assertThat(prefetch.claim(PARTITION, offset, value)).isInstanceOf(Outcome.Scored.class);
            }
            assertThat(engine.statistics().images()).isEqualTo(200);
        }
    }

    @Test
    void shouldLeaveRecordsOfOtherTopicsAlone() throws Exception {
        try (EmbeddedRegistry registry = registry(0); ScoringEngine engine = engine(PixelNetwork.sound())) {
            Prefetch prefetch = prefetch(engine, registry.url(), Duration.ofSeconds(10));
            TopicPartition repartition = new TopicPartition("repartition", 0);
            prefetch.offer(new ConsumerRecords<>(Map.of(repartition,
                    List.of(new ConsumerRecord<>("repartition", 0, 0, null, new byte[] {1}))), Map.of()));
            prefetch.drop(PARTITION);
            assertThat(engine.statistics().images()).isZero();
        }
    }

    @Test
    void shouldTellHowManyImagesWaitAndForHowLong() throws Exception {
        CountDownLatch scores = new CountDownLatch(1);
        Network network = PixelNetwork.failingOn(pixel -> {
            // Not on those that it is warmed up with.
            if (pixel == 9) {
                awaitQuietly(scores);
            }
            return false;
        });
        try (EmbeddedRegistry registry = registry(0); ScoringEngine engine = engine(network)) {
            byte[] value = event(registry.url(), 9);
            Prefetch prefetch = prefetch(engine, registry.url(), Duration.ofSeconds(20));
            long start = System.nanoTime();
            prefetch.offer(polled(value, 50));
            CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> prefetch.claim(PARTITION, 0, value));
            Duration waited = Duration.ofMillis(50);
            await().atMost(Duration.ofSeconds(20)).until(() ->
                    prefetch.backlogs().get(PARTITION).oldest().compareTo(waited) > 0);
            assertThat(prefetch.backlogs().get(PARTITION).images()).isEqualTo(50);
            assertThat(prefetch.backlogs().get(PARTITION).oldest())
                    .isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - start));

            scores.countDown();
            first.join();
            assertThat(prefetch.backlogs().get(PARTITION).images()).isEqualTo(49);
            prefetch.drop(PARTITION);
            assertThat(prefetch.backlogs()).isEmpty();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
