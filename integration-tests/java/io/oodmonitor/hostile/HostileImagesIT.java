package io.oodmonitor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.stream.MonitorConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand images and events by someone who means harm, through the running monitor: each comes out once, as a
 * verdict or as a dead letter, no stream thread dies of one, and memory stays flat.
 */
@Timeout(600)
class HostileImagesIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final long SEED = 5;
    private static final int WARM_UP = 2_000;
    private static final int IMAGES = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** What 8,000 records may leave behind: the broker in the same JVM has its caches, the JVM compiles on. */
    private static final long HEAP_GROWTH = 64 << 20;
    private static final long BUFFER_GROWTH = 96 << 20;

    /** The number of a record, or null: keys and values are too large to be kept. */
    private static final Deserializer<Integer> NUMBER =
            (topic, key) -> key == null || key.length != 4 ? null : ByteBuffer.wrap(key).getInt();
    private static final Deserializer<Integer> LENGTH = (topic, value) -> value == null ? null : value.length;

    @TempDir
    private Path folder;

    @Test
    void shouldMakeAVerdictOrADeadLetterOfEachAndGoOn() throws Exception {
        try (RunningMonitor running = new RunningMonitor(KAFKA, folder, Path.of("models/parts"),
                Map.of(MonitorConfig.RATE_WINDOW, "1000"))) {
            Footprint warm = footprintWhenWarm(running);
            // What the test itself has kept is garbage now.
            Footprint end = Footprint.now();
            System.out.printf("Hostile images: %s when warm, %s in the end%n", warm, end);
            assertThat(end.heap()).as("heap").isLessThan(warm.heap() + HEAP_GROWTH);
            assertThat(end.buffers()).as("buffers").isLessThan(warm.buffers() + BUFFER_GROWTH);
        }
    }

    /** Sends all of them, checks what became of each, and tells what was held before the last 8,000. */
    private static Footprint footprintWhenWarm(RunningMonitor running) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer();
                CommittedRecords<Integer, Integer> results = CommittedRecords.of(KAFKA.bootstrapServers(), NUMBER,
                        LENGTH, running.topics().scores(), running.topics().deadLetters())) {
            HostileRecords records =
                    new HostileRecords(SEED, new RegistryClient(running.config().registry()), running.topics());
            running.start();
            send(producer, records, WARM_UP);
            results.awaitCount(WARM_UP, PATIENCE);
            Footprint warm = Footprint.now();
            send(producer, records, IMAGES);
            results.awaitCount(IMAGES, PATIENCE);
            List<ConsumerRecord<Integer, Integer>> all = results.awaitEnd(PATIENCE);
            checkAccount(all, running);
            checkReasons(all, running, records);
            return warm;
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG, 5), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, HostileRecords records, int until)
            throws Exception {
        while (records.count() < until - 1) {
            producer.send(records.next());
        }
        // Whoever could not be sent would be missed in the end; the last one tells why.
        producer.send(records.next()).get();
        producer.flush();
    }

    /** Every record once; and by one thread, whose counts would begin anew if it had died. */
    private static void checkAccount(List<ConsumerRecord<Integer, Integer>> all, RunningMonitor running) {
        Map<String, Long> byTopic =
                all.stream().collect(Collectors.groupingBy(ConsumerRecord::topic, Collectors.counting()));
        System.out.printf("Hostile images: %d sent, %s%n", IMAGES, byTopic);
        assertThat(all).hasSize(IMAGES);
        assertThat(all.stream().map(ConsumerRecord::key).filter(number -> number != null)).doesNotHaveDuplicates();
        assertThat(all.stream().filter(record -> isLetter(record, running)).map(letter ->
                header(letter, "__streams.errors.partition") + "/" + header(letter, "__streams.errors.offset")))
                .doesNotHaveDuplicates();
        assertThat(running.monitor().failure()).isEmpty();
        assertThat(running.monitor().isReady()).isTrue();
        assertThat(running.monitor().produced()).containsAllEntriesOf(byTopic);
    }

    private static void checkReasons(List<ConsumerRecord<Integer, Integer>> all, RunningMonitor running,
                                     HostileRecords records) {
        Map<String, Integer> counts = new TreeMap<>();
        for (ConsumerRecord<Integer, Integer> record : all) {
            String outcome = isLetter(record, running) ? header(record, "__streams.errors.exception") : "scored";
            Harm harm = record.key() == null ? Harm.LONG_KEY : records.harm(record.key());
            counts.merge(harm + " " + outcome, 1, Integer::sum);
            if (harm.isScored()) {
                assertThat(outcome).as("%s, number %d", harm, record.key()).isEqualTo("scored");
            }
            harm.reason().ifPresent(reason ->
                    assertThat(outcome).as("%s, number %d", harm, record.key()).isEqualTo(reason));
            if (isLetter(record, running)) {
                assertThat(header(record, "__streams.errors.message")).isNotBlank().doesNotContain("\n");
            }
        }
        System.out.println("Hostile images: " + counts);
        assertThat(counts.keySet()).as("what became of each").anyMatch(outcome -> outcome.endsWith("CORRUPT_IMAGE"))
                .anyMatch(outcome -> outcome.endsWith("IMAGE_TOO_LARGE"))
                .anyMatch(outcome -> outcome.endsWith("UNSUPPORTED_FORMAT"));
    }

    private static boolean isLetter(ConsumerRecord<Integer, Integer> record, RunningMonitor running) {
        return record.topic().equals(running.topics().deadLetters());
    }

    private static String header(ConsumerRecord<Integer, Integer> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
