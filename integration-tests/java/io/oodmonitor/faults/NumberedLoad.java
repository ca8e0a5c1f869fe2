package io.oodmonitor.faults;

import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.PublishedSchema;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.MonitorConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends numbered images at a steady rate, whatever fails, and books what was acknowledged. Its producer is idempotent,
 * waits for every in-sync replica, and gives nothing up within a campaign. Thread-safe.
 */
final class NumberedLoad implements AutoCloseable {

    private static final List<String> SOURCES = List.of("camera-0", "camera-1", "camera-2");
    /** So that every partition has some. */
    private static final int KEYS = 64;
    private static final int CALIBRATION_EVERY = 5;
    private static final int DAMAGED_EVERY = 41;
    private static final int UNLABELLED_EVERY = 211;
    /** Longer than any campaign. */
    private static final int DELIVERY_MILLIS = Integer.MAX_VALUE;
    private static final int SCHEMA_ID_AT = 1;

    private final Ledger ledger;
    private final MonitorConfig config;
    private final RegistryClient registry;
    private final AvroSerializer<ImageEvent> serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TestImages images;
    private final int perSecond;
    private final Thread sender;
    private volatile boolean stopped;
    private volatile RuntimeException failure;
    private long number;
    private int schema;

    /**
     * Starts to send.
     *
     * @param bootstrapServers not behind the network that is cut
     * @param config           names topics and registry
     */
    NumberedLoad(String bootstrapServers, MonitorConfig config, Ledger ledger, int perSecond, long seed) {
        this.ledger = ledger;
        this.config = config;
        this.perSecond = perSecond;
        this.images = new TestImages(seed);
        this.registry = new RegistryClient(config.registry());
        this.serializer = new AvroSerializer<>(registry, ImageEvent.class);
        // Later the registry may be down.
        config.topics().inputs().forEach(serializer::prepare);
        this.producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 5,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS),
                new ByteArraySerializer(), new ByteArraySerializer());
        this.sender = new Thread(this::run, "numbered-load");
        sender.setDaemon(true);
        sender.start();
    }

    private void run() {
        long start = System.nanoTime();
        try {
            for (long sent = 0; !stopped; sent++) {
                long due = start + sent * 1_000_000_000L / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                send(kind(sent));
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private static Kind kind(long n) {
        if (n % UNLABELLED_EVERY == UNLABELLED_EVERY - 1) {
            return Kind.UNLABELLED;
        }
        if (n % DAMAGED_EVERY == DAMAGED_EVERY - 1) {
            return Kind.DAMAGED;
        }
        return n % CALIBRATION_EVERY == CALIBRATION_EVERY - 1 ? Kind.CALIBRATION : Kind.IMAGE;
    }

    /** Sends one more of a kind, and gives its id. */
    synchronized String send(Kind kind) {
        String source = SOURCES.get((int) (number % SOURCES.size()));
        String id = source + "-" + number / SOURCES.size();
        String topic = kind == Kind.CALIBRATION || kind == Kind.UNLABELLED ? config.topics().calibrationImages()
                : config.topics().images();
        byte[] key = ("key-" + number % KEYS).getBytes(StandardCharsets.UTF_8);
        number++;
        byte[] value = serializer.serialize(topic, images.of(kind, id, source));
        if (schema > 0) {
            ByteBuffer.wrap(value).putInt(SCHEMA_ID_AT, schema);
        }
        producer.send(new ProducerRecord<>(topic, key, value), (written, failed) -> {
            if (failed == null) {
                ledger.acknowledged(new Sent(id, kind, new Origin(topic, written.partition(), written.offset())));
            } else {
                ledger.unacknowledged(id);
            }
        });
        return id;
    }

    /** Registers a schema that is the events' own, but for a note that makes it another one; its id. */
    int registerSchema() {
        Schema schema = PublishedSchema.of(ImageEvent.class);
        schema.addProp("campaign", Long.toString(System.nanoTime()));
        return registry.register(AvroSerializer.subject(config.topics().images()), schema);
    }

    /** Has all later events say that they are of such a schema. */
    synchronized void useSchema(int id) {
        schema = id;
    }

    /** @throws IllegalStateException if it does not send any more */
    void check() {
        if (failure != null) {
            throw new IllegalStateException("the load has ended by itself", failure);
        }
    }

    /** Sends no more, and waits until all is acknowledged. */
    void finish() throws InterruptedException {
        stopped = true;
        sender.join();
        producer.flush();
        check();
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ofSeconds(5));
    }
}
