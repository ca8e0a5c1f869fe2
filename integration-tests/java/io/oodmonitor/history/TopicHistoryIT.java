package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A history read from a real broker. */
@Timeout(120)
class TopicHistoryIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long NOW = System.currentTimeMillis();

    /** Keeps what it is told. */
    private static final class Told implements HistoryListener {

        private final List<RateWindow> rates = new CopyOnWriteArrayList<>();
        private final AtomicInteger loaded = new AtomicInteger();

        @Override
        public void rate(RateWindow window) {
            rates.add(window);
        }

        @Override
        public void alert(AlertSpan span) {
            throw new AssertionError("there is no alert");
        }

        @Override
        public void flagged(FlaggedImage image) {
            throw new AssertionError("there is no image");
        }

        @Override
        public void threshold(ThresholdPoint point) {
            throw new AssertionError("there is no threshold");
        }

        @Override
        public void loaded() {
            loaded.incrementAndGet();
        }
    }

    @TempDir
    private Path folder;

    private final History history = History.of(Clock.systemUTC(), HOUR);
    private final Told told = new Told();
    private RunningMonitor running;
    private KafkaProducer<String, byte[]> producer;
    private AvroSerializer<OodRate> rates;

    @BeforeEach
    void setUp() throws Exception {
        running = new RunningMonitor(KAFKA, folder, Path.of("models", "parts"), Map.of());
        rates = new AvroSerializer<>(new RegistryClient(running.config().registry()), OodRate.class);
        producer = producer(Map.of());
    }

    @AfterEach
    void tearDown() {
        producer.close();
        running.close();
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers()));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private TopicHistory follow(MonitorConfig config) {
        return TopicHistory.follow(config, Instant.ofEpochMilli(NOW).minus(HOUR), history, told);
    }

    private ProducerRecord<String, byte[]> rate(MonitorConfig config, String source, long start) {
        String topic = config.topics().rates();
        OodRate rate = new OodRate(source, "parts", Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + 1_000),
                9L, 1L, 1 / 9.0, 0.0, 0.5, 0.05, 0L, 0L);
        return new ProducerRecord<>(topic, null, start + 1_000, source, rates.serialize(topic, rate));
    }

    private List<String> sources() {
        return history.rates().sources().stream().map(SourceSummary::source).sorted().toList();
    }

    @Test
    void shouldReadThePastAsFarAsItGoesAndTellOfWhatIsNewOnly() throws Exception {
        MonitorConfig config = running.config();
        producer.send(rate(config, "long-ago", NOW - 2 * HOUR.toMillis())).get();
        producer.send(rate(config, "before", NOW - 10_000)).get();
        try (TopicHistory topics = follow(config)) {
            await().atMost(PATIENCE).until(() -> told.loaded.get() == 1);
            assertThat(sources()).containsExactly("before");
            assertThat(told.rates).isEmpty();

            producer.send(rate(config, "after", NOW)).get();
            await().atMost(PATIENCE).until(() -> !told.rates.isEmpty());
            assertThat(told.rates).extracting(RateWindow::source).containsExactly("after");
            assertThat(sources()).containsExactly("after", "before");
        }
    }

    @Test
    void shouldPassOverWhatCannotBeReadOrWasTakenBack() throws Exception {
        MonitorConfig config = running.config();
        producer.send(new ProducerRecord<>(config.topics().rates(), "a", new byte[] {1, 2, 3})).get();
        producer.send(new ProducerRecord<>(config.topics().thresholds(), "a", null)).get();
        try (KafkaProducer<String, byte[]> other = producer(
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, KafkaUnderTest.uniqueName("transaction")))) {
            other.initTransactions();
            other.beginTransaction();
            other.send(rate(config, "aborted", NOW - 5_000)).get();
            other.abortTransaction();
        }
        producer.send(rate(config, "good", NOW - 4_000)).get();
        try (TopicHistory topics = follow(config)) {
            await().atMost(PATIENCE).until(() -> told.loaded.get() == 1);
            assertThat(sources()).containsExactly("good");
        }
    }

    /** As after any other failure. */
    @Test
    void shouldGoOnTryingUntilTheTopicsAreThere() throws Exception {
        Map<String, Object> settings = new HashMap<>(running.config().originals());
        String prefix = KafkaUnderTest.uniqueName("late");
        settings.keySet().stream().filter(name -> name.endsWith(".topic")).toList()
                .forEach(name -> settings.put(name, prefix + "-" + name));
        MonitorConfig config = new MonitorConfig(settings);
        try (TopicHistory topics = follow(config)) {
            KAFKA.newTopics(Topics.specs(config, 2, (short) 1).toArray(TopicSpec[]::new));
            producer.send(rate(config, "a", NOW - 3_000)).get();

            await().atMost(PATIENCE).until(() -> sources().equals(List.of("a")));
        }
    }
}
