package io.oodmonitor.faults;

import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.RegistryException;
import io.oodmonitor.stream.MonitorConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Follows what comes out, committed, while the campaign runs: how far each partition of the images has come. It only
 * measures times; the audit reads for itself. Thread-safe.
 */
final class Watch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long STEP_MILLIS = 20;

    private final Ledger ledger;
    private final MonitorConfig config;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<OodScore> scores;
    private final Map<Integer, Long> furthest = new ConcurrentHashMap<>();
    private final Set<String> deadLetters = ConcurrentHashMap.newKeySet();
    private final Thread reader;

    /** Starts to read at the topics' beginnings. */
    Watch(String bootstrapServers, MonitorConfig config, Ledger ledger) {
        this.ledger = ledger;
        this.config = config;
        this.scores = new AvroDeserializer<>(new RegistryClient(config.registry()), OodScore.class);
        this.consumer = TopicReader.consumer(bootstrapServers);
        TopicReader.assign(consumer, config.topics().scores(), config.topics().deadLetters());
        this.reader = new Thread(this::run, "watch");
        reader.setDaemon(true);
        reader.start();
    }

    private void run() {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(this::see);
            }
        } catch (WakeupException | InterruptException closed) {
            return;
        }
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        boolean isDeadLetter = record.topic().equals(config.topics().deadLetters());
        try {
            Optional<Sent> sent = isDeadLetter ? ledger.byOrigin(Origin.of(record))
                    : ledger.byId(scores.deserialize(record.topic(), record.value()).getId());
            sent.filter(image -> image.origin().topic().equals(config.topics().images())).ifPresent(image -> {
                furthest.merge(image.origin().partition(), image.origin().offset(), Math::max);
                if (isDeadLetter) {
                    deadLetters.add(image.id());
                }
            });
        } catch (RegistryException e) {
            // The registry is down at the moment: a later record will tell as much.
            return;
        }
    }

    /**
     * Waits until images have come out of every partition that were acknowledged after some others.
     *
     * @param ends  of each partition, the offset of the last of those others
     * @return how long that took; empty if it was too long
     */
    Optional<Duration> awaitPast(Map<Integer, Long> ends, Duration patience) throws InterruptedException {
        return await(() -> ends.entrySet().stream()
                .allMatch(end -> furthest.getOrDefault(end.getKey(), -1L) > end.getValue()), patience);
    }

    /** Waits for the dead letter of an image; false if none came in time. */
    boolean awaitDeadLetter(String id, Duration patience) throws InterruptedException {
        return await(() -> deadLetters.contains(id), patience).isPresent();
    }

    private static Optional<Duration> await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return Optional.empty();
            }
            Thread.sleep(STEP_MILLIS);
        }
        return Optional.of(Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
