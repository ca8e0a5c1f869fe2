package io.oodmonitor.stream;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.calibration.RateTest;
import io.oodmonitor.event.EventLimits;
import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.device.Device;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.GpuOptions;
import io.oodmonitor.stream.processor.CalibrationPolicy;
import io.oodmonitor.stream.processor.WindowPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Every setting of the monitor, typed, checked and documented. Kafka's own settings pass through. Values may stand in
 * files or in the environment, and be fetched by Kafka's own config.providers.
 */
public final class MonitorConfig extends AbstractConfig {

    public static final String BUNDLE = "bundle";
    public static final String IMAGES_TOPIC = "images.topic";
    public static final String CALIBRATION_IMAGES_TOPIC = "calibration.images.topic";
    public static final String SCORES_TOPIC = "scores.topic";
    public static final String ALERTS_TOPIC = "alerts.topic";
    public static final String RATES_TOPIC = "rates.topic";
    public static final String RATE_ALERTS_TOPIC = "rate.alerts.topic";
    public static final String THRESHOLDS_TOPIC = "thresholds.topic";
    public static final String DEAD_LETTERS_TOPIC = "dead.letters.topic";
    public static final String DEVICE = "scoring.device";
    public static final String GPU_MEMORY_LIMIT = "scoring.gpu.memory.limit";
    public static final String FP16 = "scoring.tensorrt.fp16";
    public static final String BATCH_SIZE = "scoring.batch.size";
    public static final String MAX_DELAY = "scoring.max.delay.ms";
    public static final String LANES = "scoring.lanes";
    public static final String THREADS = "scoring.threads";
    public static final String DECODE_THREADS = "scoring.decode.threads";
    public static final String MAX_BYTES_IN_FLIGHT = "scoring.max.bytes.in.flight";
    public static final String SCORING_TIMEOUT = "scoring.timeout.ms";
    public static final String IMAGE_MAX_BYTES = "image.max.bytes";
    public static final String IMAGE_MAX_PIXELS = "image.max.pixels";
    public static final String IMAGE_MAX_SIDE = "image.max.side";
    public static final String EVENT_MAX_BYTES = "event.max.bytes";
    public static final String EVENT_MAX_METADATA = "event.max.metadata.bytes";
    public static final String EVENT_MAX_ATTRIBUTES = "event.max.attributes";
    public static final String CALIBRATION_WINDOW = "calibration.window.size";
    public static final String CALIBRATION_MINIMUM = "calibration.min.samples";
    public static final String TARGET_FALSE_ALARM_RATE = "calibration.target.false.alarm.rate";
    public static final String CALIBRATION_INTERVAL = "calibration.interval.ms";
    public static final String UPDATE_MASK = "calibration.update-mask";
    public static final String RATE_WINDOW = "rate.window.ms";
    public static final String RATE_GRACE = "rate.grace.ms";
    public static final String RATE_IDLE = "rate.idle.ms";
    public static final String ALERT_SIGNIFICANCE = "alert.significance";
    public static final String ALERT_CLEAR_SIGNIFICANCE = "alert.clear.significance";
    public static final String ALERT_MINIMUM_IMAGES = "alert.min.images";
    public static final String ALERT_MINIMUM_RATIO = "alert.min.ratio";

    /** The settings that are the monitor's own. */
    public static final ConfigDef DEFINITION = define();

    /** After a crash, whoever reads committed records waits so long for the last transaction to be given up. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;
    private static final int RETRY_BACKOFF_MILLIS = 10;

    private final Map<String, Object> kafka = new HashMap<>();

    /**
     * @param settings names and values, the monitor's and Kafka's
     * @throws ConfigException in one sentence, if a setting is unknown or its value is not allowed
     */
    public MonitorConfig(Map<String, ?> settings) {
        super(DEFINITION, Placeholders.withProviders(settings), false);
        Placeholders.requireFilled(settings, originals());
        originals().forEach((name, value) -> {
            if (!DEFINITION.names().contains(name) && !Placeholders.isProviderSetting(name)) {
                KafkaSettings.requireKnown(name);
                KafkaSettings.requireWellFormed(name, value);
                kafka.put(name, value);
            }
        });
        validate();
    }

    private static ConfigDef define() {
        ConfigDef settings = new ConfigDef();
        text(settings, BUNDLE, "models/parts", "Folder of the model bundle that scores the images.");
        TopicNames.define(settings);
        ScoringConfig.define(settings);
        EventConfig.define(settings);

        number(settings, CALIBRATION_WINDOW, Type.INT, 2_000, atLeast(1),
                "How many of the latest calibration images the threshold is taken from.");
        number(settings, CALIBRATION_MINIMUM, Type.INT, 200, atLeast(1),
                "With fewer calibration images than this, the threshold fitted with the bundle holds.");
        number(settings, TARGET_FALSE_ALARM_RATE, Type.DOUBLE, 0.05, between(1e-6, 0.5),
                "The share of in-distribution images that may be flagged.");
        number(settings, CALIBRATION_INTERVAL, Type.LONG, 1_000L, atLeast(10),
                "How often a threshold may change, in milliseconds.");
        settings.define(UPDATE_MASK, Type.BOOLEAN, false, Importance.MEDIUM, "Whether the mask of a dice detector "
                + "follows the calibration images' features, anew each time " + CALIBRATION_MINIMUM + " have come.");

        number(settings, RATE_WINDOW, Type.LONG, 10_000L, atLeast(100),
                "Length of the windows that rates are counted in, in milliseconds.");
        number(settings, RATE_GRACE, Type.LONG, 1_000L, atLeast(0),
                "How far every partition must have come past a window's end before the window is final, in "
                        + "milliseconds of the records' timestamps.");
        number(settings, RATE_IDLE, Type.LONG, 5_000L, atLeast(100),
                "A partition that sends no image of a source for so long is not waited for, in milliseconds.");
        number(settings, ALERT_SIGNIFICANCE, Type.DOUBLE, 1e-6, between(0.0, 1.0),
                "An alert is raised when a window's out-of-distribution count has less than this probability among "
                        + "in-distribution images.");
        number(settings, ALERT_CLEAR_SIGNIFICANCE, Type.DOUBLE, 0.01, between(0.0, 1.0),
                "A raised alert is cleared when a window's count has at least this probability.");
        number(settings, ALERT_MINIMUM_IMAGES, Type.LONG, 20L, atLeast(1),
                "Windows with fewer images neither raise nor clear an alert.");
        number(settings, ALERT_MINIMUM_RATIO, Type.DOUBLE, 2.0, atLeast(1),
                "An alert is raised only when the rate is at least so many times the expected one.");
        HttpSettings.define(settings);
        DashboardSettings.define(settings);
        RegistrySettings.define(settings);
        return settings;
    }

    static void text(ConfigDef settings, String name, String value, String doc) {
        settings.define(name, Type.STRING, value, new NonEmptyString(), Importance.HIGH, doc);
    }

    static void number(ConfigDef settings, String name, Type type, Object value, ConfigDef.Validator range,
                               String doc) {
        settings.define(name, type, value, range, Importance.MEDIUM, doc);
    }

    private void validate() {
        int least = (int) Math.ceil(1 / getDouble(TARGET_FALSE_ALARM_RATE) - 1e-9) - 1;
        require(getInt(CALIBRATION_MINIMUM) >= least, CALIBRATION_MINIMUM, "at least 1 / "
                + TARGET_FALSE_ALARM_RATE + " - 1 = " + least);
        require(getInt(CALIBRATION_WINDOW) >= getInt(CALIBRATION_MINIMUM), CALIBRATION_WINDOW,
                "at least " + CALIBRATION_MINIMUM + " = " + getInt(CALIBRATION_MINIMUM));
        EventConfig.check(this);
        // Not tested: it may build its engine around the mask that it finds.
        require(!updateMask() || device().kind() != Device.Kind.TENSORRT, UPDATE_MASK,
                "false with " + DEVICE + " = " + device());
        Set<String> names = new HashSet<>();
        topics().all().forEach(name -> {
            if (!names.add(name)) {
                throw new ConfigException("The topics must be eight different ones, but two are named " + name);
            }
        });
        long poll = kafkaNumber(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000, StreamsConfig.MAIN_CONSUMER_PREFIX,
                StreamsConfig.CONSUMER_PREFIX);
        require(getLong(SCORING_TIMEOUT) <= poll / 2, SCORING_TIMEOUT,
                "at most half of " + ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG + " = " + poll);
        long transaction = kafkaNumber(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS,
                StreamsConfig.PRODUCER_PREFIX);
        require(getLong(SCORING_TIMEOUT) < transaction, SCORING_TIMEOUT,
                "less than " + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG + " = " + transaction);
        require(getDouble(ALERT_CLEAR_SIGNIFICANCE) >= getDouble(ALERT_SIGNIFICANCE), ALERT_CLEAR_SIGNIFICANCE,
                "at least " + ALERT_SIGNIFICANCE + " = " + getDouble(ALERT_SIGNIFICANCE));
    }

    /** A number among Kafka's settings: under the first of the prefixes that has it, or plain, or the default. */
    private long kafkaNumber(String name, long otherwise, String... prefixes) {
        for (String prefix : prefixes) {
            if (kafka.containsKey(prefix + name)) {
                return number(prefix + name);
            }
        }
        return kafka.containsKey(name) ? number(name) : otherwise;
    }

    private long number(String name) {
        return (Long) ConfigDef.parseType(name, kafka.get(name), Type.LONG);
    }

    void require(boolean holds, String name, String expected) {
        if (!holds) {
            throw new ConfigException(name + " must be " + expected + ", but is " + values().get(name));
        }
    }

    public Path bundle() {
        return Path.of(getString(BUNDLE));
    }

    public TopicNames topics() {
        return TopicNames.from(this);
    }

    /** Where the network is to run. */
    public Device device() {
        return Device.parse(getString(DEVICE));
    }

    /** What is chosen of a GPU for a bundle's network. */
    public GpuOptions gpu(Bundle bundle) {
        return ScoringConfig.gpu(this, bundle);
    }

    /** How the engine shares a machine whose networks run on such a provider. */
    public EngineSettings engine(ExecutionProvider provider) {
        return ScoringConfig.engine(this, provider);
    }

    public EventLimits eventLimits() {
        return EventConfig.limits(this);
    }

    public Duration scoringTimeout() {
        return Duration.ofMillis(getLong(SCORING_TIMEOUT));
    }

    public CalibrationPolicy calibrationPolicy() {
        return new CalibrationPolicy(getInt(CALIBRATION_WINDOW), getInt(CALIBRATION_MINIMUM),
                getDouble(TARGET_FALSE_ALARM_RATE), Duration.ofMillis(getLong(CALIBRATION_INTERVAL)));
    }

    /** Whether the calibration stream moves the detector's mask. */
    public boolean updateMask() {
        return getBoolean(UPDATE_MASK);
    }

    public WindowPolicy windowPolicy() {
        return new WindowPolicy(Duration.ofMillis(getLong(RATE_WINDOW)), Duration.ofMillis(getLong(RATE_GRACE)),
                Duration.ofMillis(getLong(RATE_IDLE)));
    }

    /** How often counts are passed on: often enough to close a window soon after its end. */
    public Duration rateInterval() {
        return Duration.ofMillis(Math.max(50, Math.min(500, getLong(RATE_WINDOW) / 10)));
    }

    public RateTest rateTest() {
        return new RateTest(getDouble(ALERT_SIGNIFICANCE), getDouble(ALERT_CLEAR_SIGNIFICANCE),
                getLong(ALERT_MINIMUM_IMAGES), getDouble(ALERT_MINIMUM_RATIO));
    }

    public RegistrySettings registry() {
        return RegistrySettings.from(values());
    }

    /** How often Kafka Streams commits by itself. */
    public Duration commitInterval() {
        boolean exactlyOnce = StreamsConfig.EXACTLY_ONCE_V2.equals(
                streams().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        return Duration.ofMillis(kafkaNumber(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, exactlyOnce ? 100 : 30_000));
    }

    /** Kafka's own settings as they were given, what stood elsewhere filled in: for clients beside the stream. */
    public Map<String, Object> kafka() {
        return Map.copyOf(kafka);
    }

    /** Settings for Kafka Streams: the given ones, over defaults that suit images. */
    public Properties streams() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "ood-monitor");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // Its work on an image is 10 to 20 microseconds, the network's is not, and every thread has transactions of its
        // own: on two cores a DenseNet came to 302 images a second with one thread, to 258 with two.
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        // An image is not to wait for the calibration images of its partition: they have no order to keep between them.
        // And the question alone took 5% of a stream thread.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // Streams bounds what it holds in records, and a record may be an image of a megabyte.
        FetchSizes fetch = FetchSizes.of(Runtime.getRuntime().maxMemory());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                fetch.perPartition());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), fetch.perRequest());
        // The stores are small: whoever joins takes its share at once, and not, as by default, after ten minutes.
        properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, (long) Integer.MAX_VALUE);
        EventConfig.makeRoom(this, properties);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                TRANSACTION_TIMEOUT_MILLIS);
        // A commit soon after another finds the broker still busy with that one, and asks again; Kafka's default is to
        // wait 100 ms before.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_BACKOFF_MILLIS);
        properties.putAll(kafka);
        return properties;
    }
}
