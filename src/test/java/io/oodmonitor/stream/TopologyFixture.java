package io.oodmonitor.stream;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.calibration.CalibrationScore;
import io.oodmonitor.calibration.ScoreWindow;
import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.scoring.MovingMask;
import io.oodmonitor.scoring.Network;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import io.oodmonitor.stream.prefetch.Prefetch;
import io.oodmonitor.stream.processor.CommitPace;
import io.oodmonitor.stream.processor.DetectorKey;
import io.oodmonitor.stream.processor.MonitoredModel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The whole topology under the test driver, with a real engine, a real registry, and, unless a bundle is given, a
 * network whose score is an image's first byte. Window 1 s, grace 100 ms; that network's bundle threshold is 20 (rank 20
 * of the scores 1 to 399).
 */
final class TopologyFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final DetectorKey KEY = new DetectorKey("pixels", "1", "energy#0");

    final TestInputTopic<byte[], byte[]> rawImages;
    final TestInputTopic<byte[], byte[]> rawCalibration;
    final TestInputTopic<String, byte[]> rawThresholds;
    final TestOutputTopic<byte[], OodScore> scores;
    final TestOutputTopic<byte[], OodScore> alerts;
    final TestOutputTopic<String, OodRate> rates;
    final TestOutputTopic<String, OodRateAlert> rateAlerts;
    final TestOutputTopic<String, OodThreshold> thresholds;
    final TestOutputTopic<byte[], byte[]> deadLetters;
    final TopologyTestDriver driver;
    final ScoringEngine engine;
    final RecordingListener listener = new RecordingListener();

    private final EmbeddedRegistry registry;
    private final RegistryClient client;
    private final EventSerdes events;
    private final AvroSerializer<ImageEvent> serializer;

    private TopologyFixture(Network network, Framing framing, MonitoredModel model, Map<String, String> settings)
            throws Exception {
        registry = EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
        Map<String, String> all = new HashMap<>(Map.of(
                "schema.registry.url", registry.url().toString(),
                MonitorConfig.RATE_WINDOW, "1000",
                MonitorConfig.RATE_GRACE, "100",
                MonitorConfig.SCORING_TIMEOUT, "2000",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092"));
        all.putAll(settings);
        MonitorConfig config = new MonitorConfig(all);
        client = new RegistryClient(config.registry());
        events = EventSerdes.registered(client, config.topics());
        engine = new ScoringEngine(network, framing, config.engine(ExecutionProvider.CPU));
        serializer = new AvroSerializer<>(client, ImageEvent.class);
        Prefetch prefetch = new Prefetch(engine, new AvroDeserializer<>(client, ImageEvent.class, config.eventLimits()),
                config.topics().inputs(), config.scoringTimeout());
        Properties properties = config.streams();
        CommitPace pace = new CommitPace(config.commitInterval(), prefetch::isBehind);
        driver = new TopologyTestDriver(MonitorTopology.build(model, prefetch, pace, config, events, listener),
                properties, START);
        rawImages = driver.createInputTopic("images", new ByteArraySerializer(), new ByteArraySerializer(), START,
                Duration.ZERO);
        rawCalibration = driver.createInputTopic("calibration-images", new ByteArraySerializer(),
                new ByteArraySerializer(), START, Duration.ZERO);
        rawThresholds = driver.createInputTopic("ood-thresholds", new StringSerializer(), new ByteArraySerializer());
        scores = output("ood-scores", new ByteArrayDeserializer(), events.scores().deserializer());
        alerts = output("ood-alerts", new ByteArrayDeserializer(), events.scores().deserializer());
        rates = output("ood-rates", new StringDeserializer(), events.rates().deserializer());
        rateAlerts = output("ood-rate-alerts", new StringDeserializer(), events.rateAlerts().deserializer());
        thresholds = output("ood-thresholds", new StringDeserializer(), events.thresholds().deserializer());
        deadLetters = output("ood-dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static TopologyFixture calibrated() throws Exception {
        return calibrated(Map.of());
    }

    static TopologyFixture calibrated(Map<String, String> settings) throws Exception {
        return pixels(PixelNetwork.sound(), Optional.of(fitted()), settings);
    }

    static TopologyFixture uncalibrated() throws Exception {
        return pixels(PixelNetwork.sound(), Optional.empty(), Map.of());
    }

    static TopologyFixture with(Network network) throws Exception {
        return pixels(network, Optional.of(fitted()), Map.of());
    }

    private static TopologyFixture pixels(Network network, Optional<FittedThreshold> fitted,
                                          Map<String, String> settings) throws Exception {
        return new TopologyFixture(network, Framing.stretch(2, 2, Interpolation.BILINEAR),
                new MonitoredModel(KEY, List.of("even", "odd"), fitted, Optional.empty()), settings);
    }

    /** A real network in ONNX Runtime, whose mask the calibration images move. */
    static TopologyFixture movingMask(Bundle bundle, Map<String, String> settings) throws Exception {
        OnnxNetwork network = OnnxNetwork.withFeatures(bundle, SessionSettings.cpu(1));
        return new TopologyFixture(network, bundle.framing(),
                MonitoredModel.of(bundle, Optional.of(new MovingMask(bundle, List.of(network)))), settings);
    }

    /** A real network in ONNX Runtime, with the bundle's own mask. */
    static TopologyFixture fixedMask(Bundle bundle, Map<String, String> settings) throws Exception {
        return new TopologyFixture(OnnxNetwork.load(bundle, SessionSettings.cpu(1)), bundle.framing(),
                MonitoredModel.of(bundle, Optional.empty()), settings);
    }

    /** Scores 1 to 399 at 5%: rank 20, threshold 20. */
    private static FittedThreshold fitted() {
        ScoreWindow window = new ScoreWindow(399);
        for (int i = 1; i <= 399; i++) {
            window.add(new CalibrationScore(i, true));
        }
        return window.calibration(0.05).map(calibration -> new FittedThreshold(calibration.threshold(),
                calibration.quantiles(), OptionalDouble.of(calibration.accuracy()))).orElseThrow();
    }

    private <K, V> TestOutputTopic<K, V> output(String topic, Deserializer<K> key, Deserializer<V> value) {
        return driver.createOutputTopic(topic, key, value);
    }

    ImageEvent.Builder event(String id, String source, int score) {
        byte[] pixels = new byte[12];
        pixels[0] = (byte) score;
        return ImageEvent.newBuilder().setId(id).setSource(source).setCapturedAt(START)
                .setEncoding(ImageEncoding.RGB8).setHeight(2).setWidth(2).setImage(ByteBuffer.wrap(pixels));
    }

    byte[] bytes(ImageEvent event) {
        return serializer.serialize("images", event);
    }

    byte[] scoreBytes(OodScore score) {
        return events.scores().serializer().serialize("ood-scores", score);
    }

    byte[] thresholdBytes(OodThreshold threshold) {
        return events.thresholds().serializer().serialize("ood-thresholds", threshold);
    }

    void image(String id, String source, int score, Duration after) {
        rawImages.pipeInput(id.getBytes(), bytes(event(id, source, score).build()), START.plus(after));
    }

    void calibrationImage(int score, String label) {
        rawCalibration.pipeInput(null, bytes(event("c", "s", score).setLabel(label).build()), START);
    }

    /** Lets the wall clock go on, in the steps of the punctuators. */
    void advance(Duration time) {
        for (long passed = 0; passed < time.toMillis(); passed += 100) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }
    }

    @Override
    public void close() {
        driver.close();
        engine.close();
        registry.close();
    }
}
