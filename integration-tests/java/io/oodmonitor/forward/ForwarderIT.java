package io.oodmonitor.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.WebhookReceiver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records of a real broker to a real HTTP server that is not always at its best. */
@Timeout(120)
class ForwarderIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;
    private static final Backoff SOON = new Backoff(Duration.ofMillis(2), Duration.ofMillis(20));

    private final String topic = KAFKA.newTopic("alerts", PARTITIONS);
    private final String group = KafkaUnderTest.uniqueName("forward");
    private final List<Running> running = new ArrayList<>();
    private WebhookReceiver receiver;

    /** One forwarder at work. */
    private record Running(Forwarder forwarder, Courier courier, CompletableFuture<Void> end) {

        void stop() {
            forwarder.stop();
            end.join();
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        receiver = WebhookReceiver.answering(body -> 204);
    }

    @AfterEach
    void tearDown() {
        running.forEach(one -> one.forwarder().stop());
        running.forEach(one -> catchThrowable(one.end()::join));
        receiver.close();
    }

    private Running start(Instant since) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, group,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Courier courier = new Courier(new Webhook(receiver.url(), Optional.empty(), Duration.ofSeconds(5),
                Clock.systemUTC()), record -> record.value(), SOON);
        Forwarder forwarder = new Forwarder(consumer, topic, new StartingPoint(since), courier);
        Running one = new Running(forwarder, courier, CompletableFuture.runAsync(() -> {
            try (consumer) {
                forwarder.run();
            }
        }));
        running.add(one);
        return one;
    }

    /** Sends FROM to TO - 1, each to the partition of its number. */
    private void send(int from, int to) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers()),
                new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < to; i++) {
                producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, Integer.toString(i)));
            }
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private void awaitTaken(List<String> expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(receiver.taken()).containsAll(expected));
    }

    /** What is committed of all partitions together. */
    private long committed() throws Exception {
        try (Admin admin = KAFKA.admin()) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset.offset()).sum();
        }
    }

    @Test
    void shouldDeliverInOrderOfEachPartitionHoweverOftenTheReceiverFails() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        int[] failures = {503, 429, 500, -1, 408};
        receiver.answer(body -> tries.getAndIncrement() % 3 == 2 ? 200 : failures[tries.get() % failures.length]);
        send(0, 90);
        Running one = start(Instant.EPOCH);
        awaitTaken(numbers(0, 90));
        await().atMost(PATIENCE).until(() -> committed() == 90);
        assertThat(receiver.requests().size()).isGreaterThan(200);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int own = partition;
            assertThat(receiver.taken().stream().map(Integer::valueOf).filter(number -> number % PARTITIONS == own))
                    .isSorted().doesNotHaveDuplicates().hasSize(30);
        }
        assertThat(one.courier().delivered()).isEqualTo(90);
        one.stop();
    }

    @Test
    void shouldSendTheSameIdAtEveryTryAndNoOtherAlertUnderIt() {
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        receiver.answer(body -> tries.computeIfAbsent(body, ignored -> new AtomicInteger()).incrementAndGet() < 3
                ? 500 : 200);
        send(0, 6);
        start(Instant.EPOCH);
        awaitTaken(numbers(0, 6));
        Map<String, List<String>> ids = receiver.requests().stream().collect(Collectors.groupingBy(
                WebhookReceiver.Request::id, Collectors.mapping(WebhookReceiver.Request::body, Collectors.toList())));
        assertThat(ids).hasSize(6).containsEntry(topic + "-1-0", List.of("1", "1", "1"));
        assertThat(ids.values()).allMatch(bodies -> bodies.size() == 3 && bodies.stream().distinct().count() == 1);
    }

    @Test
    void shouldCommitNothingThatTheReceiverLacks() throws Exception {
        receiver.answer(body -> body.equals("4") ? 503 : 200);
        send(0, 9);
        Running one = start(Instant.EPOCH);
        // 1 and the partitions 0 and 2; behind 4 waits 7.
        awaitTaken(List.of("0", "1", "2", "3", "5", "6", "8"));
        await().atMost(PATIENCE).until(() -> committed() == 7);
        one.stop();
        assertThat(committed()).isEqualTo(7);
        receiver.answer(body -> 200);
        start(Instant.EPOCH);
        awaitTaken(List.of("4", "7"));
        assertThat(receiver.taken()).containsExactlyInAnyOrderElementsOf(numbers(0, 9));
    }

    @Test
    void shouldLeaveOutWhatTheReceiverRefusesAndGoOn() {
        receiver.answer(body -> body.equals("3") ? 422 : 200);
        send(0, 9);
        Running one = start(Instant.EPOCH);
        awaitTaken(List.of("0", "1", "2", "4", "5", "6", "7", "8"));
        await().atMost(PATIENCE).until(() -> one.courier().skipped() == 1);
        assertThat(receiver.requests()).filteredOn(request -> request.body().equals("3")).hasSize(1);
    }

    @Test
    void shouldEndAndLoseNothingWhereTheReceiverTakesNone() throws Exception {
        receiver.answer(body -> 401);
        send(0, 9);
        Running one = start(Instant.EPOCH);
        assertThat(catchThrowable(one.end()::join)).hasRootCauseInstanceOf(ForwardingException.class)
                .hasMessageContaining("answers 401");
        assertThat(committed()).isZero();
        receiver.answer(body -> 200);
        start(Instant.EPOCH);
        awaitTaken(numbers(0, 9));
    }

    @Test
    void shouldBeginWhereItIsStartedAndGoOnWhereItWasStopped() throws Exception {
        send(0, 9);
        Running first = start(Instant.now().plusSeconds(3_600));
        await().atMost(PATIENCE).until(() -> committed() == 9);
        first.stop();
        send(9, 18);
        start(Instant.now().plusSeconds(3_600));
        awaitTaken(numbers(9, 18));
        assertThat(receiver.taken()).doesNotContainAnyElementsOf(numbers(0, 9));
    }

    @Test
    void shouldShareTheWorkAndLoseNothingWhenOneComesAndOneGoes() {
        AtomicBoolean slow = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        receiver.answer(body -> slow.get() && tries.incrementAndGet() % 2 == 0 ? 503 : 200);
        send(0, 300);
        Running one = start(Instant.EPOCH);
        awaitTaken(List.of("0"));
        Running two = start(Instant.EPOCH);
        await().atMost(PATIENCE).until(() -> two.courier().delivered() > 0 || receiver.taken().size() >= 300);
        one.stop();
        slow.set(false);
        awaitTaken(numbers(0, 300));
    }

    @Test
    void shouldKeepItsPartitionsWhileTheReceiverIsDown() {
        receiver.answer(body -> 503);
        send(0, 3);
        Running one = start(Instant.EPOCH);
        await().atMost(PATIENCE).until(() -> receiver.requests().size() > 100);
        assertThat(one.end()).isNotDone();
        receiver.answer(body -> 200);
        awaitTaken(numbers(0, 3));
        assertThat(receiver.taken()).containsExactlyInAnyOrderElementsOf(numbers(0, 3));
    }
}
