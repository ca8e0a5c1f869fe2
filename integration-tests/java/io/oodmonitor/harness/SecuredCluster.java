package io.oodmonitor.harness;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.TlsKeys;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A {@link SecuredKafka}, a {@link SecuredRegistry}, the monitor's topics under their usual names, and work for the
 * monitor, which is a user without rights until it is granted some. Not thread-safe.
 */
public final class SecuredCluster implements AutoCloseable {

    /** The user that the monitor is. */
    public static final String MONITOR = "monitor";
    public static final int CALIBRATION_IMAGES = 100;
    public static final int IMAGES = 360;

    /** Random, so that a search for them finds nothing else. */
    private static final String KAFKA_PASSWORD = "kafka-7d1e0c55b2";
    private static final String REGISTRY_PASSWORD = "registry-4f9a27e6c1";
    private static final String STORE_PASSWORD = "store-93b8d05e7a";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final int SIDE = TinyNetwork.SIZE;

    private final SecuredKafka kafka;
    private final SecuredRegistry registry;
    private final Admin admin;
    private final Map<String, String> settings;
    private final RegistryClient client;
    private final Random random = new Random(5);

    /** Starts both and makes the topics; nothing is granted yet. */
    public SecuredCluster(Path folder) throws Exception {
        TlsKeys keys = TlsKeys.make(folder, "server", STORE_PASSWORD);
        kafka = SecuredKafka.start(folder.resolve("kafka"), keys,
                Map.of(SecuredKafka.ADMIN, "admin-" + KAFKA_PASSWORD, MONITOR, KAFKA_PASSWORD));
        registry = SecuredRegistry.start(keys, MONITOR, REGISTRY_PASSWORD);
        admin = Admin.create(connection(SecuredKafka.ADMIN));
        Path bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")).folder();
        settings = new HashMap<>(kafka.connection(MONITOR));
        settings.putAll(Map.of(
                MonitorConfig.BUNDLE, bundle.toString(),
                "schema.registry.url", registry.url(),
                "schema.registry.basic.auth.user.info", MONITOR + ":" + REGISTRY_PASSWORD,
                "schema.registry.ssl.truststore.location", keys.trust().toString(),
                "schema.registry.ssl.truststore.type", "PKCS12",
                "schema.registry.ssl.truststore.password", STORE_PASSWORD,
                "state.dir", folder.resolve("state").toString(), "repartition.purge.interval.ms", "500"));
        settings.putAll(Map.of(MonitorConfig.RATE_WINDOW, "1000", MonitorConfig.RATE_GRACE, "0",
                MonitorConfig.RATE_IDLE, "1000", MonitorConfig.CALIBRATION_MINIMUM, "" + CALIBRATION_IMAGES,
                MonitorConfig.CALIBRATION_INTERVAL, "100", "http.port", "0"));
        client = new RegistryClient(config().registry());
        new TopicSetup(admin, kafka.bootstrapServers(), PATIENCE).ensure(Topics.specs(config(), PARTITIONS, (short) 1));
    }

    /** The monitor's settings, passwords included. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** The monitor's password for the brokers. */
    public String kafkaPassword() {
        return KAFKA_PASSWORD;
    }

    /** The monitor's password for the registry. */
    public String registryPassword() {
        return REGISTRY_PASSWORD;
    }

    /** The password of the stores that trust brokers and registry. */
    public String storePassword() {
        return STORE_PASSWORD;
    }

    public MonitorConfig config() {
        return new MonitorConfig(settings);
    }

    /** The settings of a user's clients. */
    public Map<String, Object> connection(String user) {
        return new HashMap<>(kafka.connection(user));
    }

    /** Lets the monitor do this, and nothing else. */
    public void grantOnly(Collection<AclBinding> grants) throws ExecutionException, InterruptedException {
        AccessList.grantOnly(admin, grants);
    }

    /** Sends images to calibrate with, as the super user. */
    public void sendCalibrationImages() {
        try (KafkaProducer<byte[], ImageEvent> producer = producer()) {
            for (int i = 0; i < CALIBRATION_IMAGES; i++) {
                producer.send(new ProducerRecord<>(config().topics().calibrationImages(),
                        image("camera", "c" + i, noise(), TinyBundle.CLASSES.get(i % TinyBundle.CLASSES.size()))));
            }
        }
    }

    /** Sends one image that is out of distribution once the threshold follows the calibration images. */
    public void sendOddImage() {
        try (KafkaProducer<byte[], ImageEvent> producer = producer()) {
            producer.send(new ProducerRecord<>(config().topics().images(), image("probe", "odd", grey(), null)));
        }
    }

    /** Sends four seconds of images like that one, two of others, and a record that is no image. */
    public void sendImages() {
        Instant start = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 3_600);
        String topic = config().topics().images();
        try (KafkaProducer<byte[], ImageEvent> producer = producer();
                KafkaProducer<byte[], byte[]> bytes = new KafkaProducer<>(connection(SecuredKafka.ADMIN),
                        new ByteArraySerializer(), new ByteArraySerializer())) {
            bytes.send(new ProducerRecord<>(topic, new byte[] {1, 2, 3}));
            for (int i = 0; i < IMAGES; i++) {
                long time = start.plusMillis(i * 6_000L / IMAGES).toEpochMilli();
                producer.send(new ProducerRecord<>(topic, i % PARTITIONS, time, null,
                        image("camera", "i" + i, i < IMAGES * 4 / 6 ? grey() : noise(), null)));
            }
        }
    }

    private KafkaProducer<byte[], ImageEvent> producer() {
        return new KafkaProducer<>(connection(SecuredKafka.ADMIN), new ByteArraySerializer(),
                new AvroSerializer<>(client, ImageEvent.class));
    }

    /** Scored lower than any noise. */
    private static byte[] grey() {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        Arrays.fill(pixels, (byte) 64);
        return pixels;
    }

    private byte[] noise() {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        random.nextBytes(pixels);
        return pixels;
    }

    private static ImageEvent image(String source, String id, byte[] pixels, String label) {
        return ImageEvent.newBuilder().setId(id).setSource(source).setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE).setImage(ByteBuffer.wrap(pixels))
                .setLabel(label).build();
    }

    /** What was committed to topics, read as the super user. */
    public CommittedRecords<byte[], byte[]> committed(String... topics) {
        return CommittedRecords.of(connection(SecuredKafka.ADMIN), new ByteArrayDeserializer(),
                new ByteArrayDeserializer(), topics);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        registry.close();
        kafka.close();
    }
}
