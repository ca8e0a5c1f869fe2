package io.oodmonitor.stream.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is handed on, and when; that nothing is lost or doubled by it is shown on real brokers (FaultCampaignIT). */
@Timeout(60)
class HoldingConsumerTest {

    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final TopicPartition RATES = new TopicPartition("rates", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** What the engine of this test takes at once. */
    private static final int ROOM = 15;
    private static final int QUICK = 1;
    private static final int SLOW = 9;

    @TempDir
    private Path folder;

    private final CountDownLatch slow = new CountDownLatch(1);
    private EmbeddedRegistry registry;
    private ScoringEngine engine;
    private MockConsumer<byte[], byte[]> kafka;
    private HoldingConsumer consumer;
    private long end;

    @BeforeEach
    void start() throws Exception {
        registry = EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(folder));
        engine = new ScoringEngine(PixelNetwork.failingOn(this::waitsIfSlow),
                Framing.stretch(2, 2, Interpolation.BILINEAR), new EngineSettings(1, Duration.ZERO, 1, 1, 1, 1 << 20,
                        BatchShapes.EXACT, ImageLimits.DEFAULT));
        Prefetch prefetch = new Prefetch(engine, new AvroDeserializer<>(client(), ImageEvent.class),
                Set.of("images"), PATIENCE);
        kafka = new MockConsumer<>("earliest") {

            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
                // As the interceptor does in a real consumer.
                prefetch.offer(records);
                return records;
            }
        };
        consumer = new HoldingConsumer(kafka, prefetch);
        consumer.subscribe(List.of("images", "rates"), new ConsumerRebalanceListener() {

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                partitions.forEach(prefetch::drop);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                // They are polled from where the test puts them.
            }
        });
        assign(List.of(IMAGES, RATES));
    }

    private void assign(List<TopicPartition> partitions) {
        kafka.rebalance(partitions);
        kafka.updateBeginningOffsets(Map.of(IMAGES, 0L, RATES, 0L));
    }

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

    private RegistryClient client() {
        return new RegistryClient(RegistrySettings.of(registry.url()));
    }

    @AfterEach
    void stop() {
        slow.countDown();
        engine.close();
        registry.close();
    }

    private void arrive(int... pixels) {
        for (int pixel : pixels) {
            byte[] image = new byte[12];
            image[0] = (byte) pixel;
            byte[] value = new AvroSerializer<>(client(), ImageEvent.class).serialize("images", ImageEvent.newBuilder()
                    .setId("i").setSource("s").setCapturedAt(Instant.EPOCH).setEncoding(ImageEncoding.RGB8)
                    .setHeight(2).setWidth(2).setImage(ByteBuffer.wrap(image)).build());
            kafka.addRecord(new ConsumerRecord<>(IMAGES.topic(), IMAGES.partition(), end++, null, value));
        }
    }

    private List<Long> poll() {
        List<Long> offsets = new ArrayList<>();
        consumer.poll(Duration.ZERO).forEach(record -> offsets.add(record.offset()));
        return offsets;
    }

    private void awaitPolled(Long... offsets) {
        List<Long> polled = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> polled.addAll(poll()) && polled.size() >= offsets.length);
        assertThat(polled).containsExactly(offsets);
    }

    @Test
    void shouldHoldARecordUntilItsImageIsScored() {
        arrive(QUICK, SLOW, QUICK);
        awaitPolled(0L);
        assertThat(poll()).isEmpty();
        slow.countDown();
        awaitPolled(1L, 2L);
    }

    @Test
    void shouldHandOnWhatIsNoImageAtOnce() {
        arrive(SLOW);
        kafka.addRecord(new ConsumerRecord<>(RATES.topic(), RATES.partition(), 0, null, new byte[1]));
        assertThat(poll()).containsExactly(0L);
        assertThat(consumer.position(RATES)).isEqualTo(1);
        assertThat(consumer.position(IMAGES)).as("of the image, which is held").isZero();
    }

    @Test
    void shouldPollNoMoreOfAPartitionThatTheEngineHasNoRoomFor() {
        for (int i = 0; i < ROOM; i++) {
            arrive(SLOW);
        }
        assertThat(poll()).isEmpty();
        arrive(SLOW);
        assertThat(poll()).isEmpty();
        assertThat(kafka.paused()).as("there was room for all that was polled").isEmpty();
        assertThat(poll()).isEmpty();
        assertThat(kafka.paused()).containsExactly(IMAGES);
        assertThat(consumer.paused()).as("by whoever uses it").isEmpty();
        arrive(QUICK);
        kafka.addRecord(new ConsumerRecord<>(RATES.topic(), RATES.partition(), 0, null, new byte[1]));
        assertThat(poll()).as("of the other").containsExactly(0L);

        slow.countDown();
        awaitPolled(LongStream.rangeClosed(0, ROOM + 1).boxed().toArray(Long[]::new));
        assertThat(kafka.paused()).isEmpty();
    }

    @Test
    void shouldLeaveAPartitionPausedThatItsUserPaused() {
        for (int i = 0; i < ROOM + 1; i++) {
            arrive(SLOW);
        }
        poll();
        poll();
        consumer.pause(List.of(IMAGES));
        assertThat(consumer.paused()).containsExactly(IMAGES);
        slow.countDown();
        await().atMost(PATIENCE).until(() -> engine.statistics().images() == ROOM + 1);
        assertThat(poll()).isEmpty();
        assertThat(kafka.paused()).containsExactly(IMAGES);
        consumer.resume(List.of(IMAGES));
        assertThat(kafka.paused()).isEmpty();
        awaitPolled(LongStream.rangeClosed(0, ROOM).boxed().toArray(Long[]::new));
    }

    @Test
    void shouldHoldNoneForLongerThanASecond() {
        arrive(SLOW, SLOW);
        long start = System.nanoTime();
        awaitPolled(0L, 1L);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void shouldForgetAPartitionThatIsTakenAway() {
        arrive(SLOW, SLOW);
        assertThat(poll()).isEmpty();
        assign(List.of(RATES));
        slow.countDown();
        assign(List.of(IMAGES, RATES));
        kafka.seek(IMAGES, 1);
        end = 1;
        arrive(QUICK);
        awaitPolled(1L);
    }

    @Test
    void shouldReadAgainFromWhereItIsSentBackTo() {
        arrive(QUICK, SLOW, SLOW);
        awaitPolled(0L);
        assertThat(poll()).isEmpty();
        consumer.seek(IMAGES, 0);
        assertThat(consumer.position(IMAGES)).isZero();
        slow.countDown();
        end = 0;
        arrive(QUICK, QUICK);
        awaitPolled(0L, 1L);
    }

    @Test
    void shouldTellWhereToReadOnAfterWhatItHandedOn() {
        arrive(QUICK, SLOW);
        assertThat(nextOffset()).isEqualTo(1);
        assertThat(consumer.position(IMAGES)).isEqualTo(1);
        slow.countDown();
        assertThat(nextOffset()).isEqualTo(2);
        assertThat(consumer.position(IMAGES)).isEqualTo(2);
    }

    /** After the next record. */
    private long nextOffset() {
        return await().atMost(PATIENCE).until(() -> consumer.poll(Duration.ofMillis(10)), polled -> !polled.isEmpty())
                .nextOffsets().get(IMAGES).offset();
    }
}
