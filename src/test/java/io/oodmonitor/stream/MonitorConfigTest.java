package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.calibration.RateTest;
import io.oodmonitor.event.EventLimits;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.scoring.BatchShapes;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.device.Device;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.GpuOptions;
import io.oodmonitor.stream.processor.CalibrationPolicy;
import io.oodmonitor.stream.processor.WindowPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorConfigTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @TempDir
    private Path folder;

    private static MonitorConfig config(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new MonitorConfig(settings);
    }

    @Test
    void shouldHaveTheseDefaults() {
        MonitorConfig config = config();
        assertThat(config.bundle()).isEqualTo(Path.of("models/parts"));
        assertThat(config.topics()).isEqualTo(new TopicNames("images", "calibration-images", "ood-scores", "ood-alerts",
                "ood-rates", "ood-rate-alerts", "ood-thresholds", "ood-dead-letters"));
        assertThat(config.engine(ExecutionProvider.CPU)).isEqualTo(new EngineSettings(4, Duration.ofMillis(5), CORES,
                CORES, 1, 64L << 20, BatchShapes.EXACT,
                ImageLimits.DEFAULT));
        assertThat(config.eventLimits()).isEqualTo(new EventLimits(17 << 20, 64 << 10, 100));
        assertThat(config.scoringTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.calibrationPolicy())
                .isEqualTo(new CalibrationPolicy(2_000, 200, 0.05, Duration.ofSeconds(1)));
        assertThat(config.updateMask()).isFalse();
        assertThat(config.windowPolicy()).isEqualTo(
                new WindowPolicy(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(5)));
        assertThat(config.rateTest()).isEqualTo(new RateTest(1e-6, 0.01, 20, 2));
        assertThat(config.registry().urls()).extracting(Object::toString).containsExactly("http://127.0.0.1:8081");
    }

    @Test
    void shouldTakeExplicitValues() {
        MonitorConfig config = config("bundle", "b", "images.topic", "t1", "calibration.images.topic", "t2",
                "scores.topic", "t3", "alerts.topic", "t4", "rates.topic", "t5", "rate.alerts.topic", "t6",
                "thresholds.topic", "t7", "dead.letters.topic", "t8", "scoring.batch.size", "4",
                "scoring.max.delay.ms", "7", "scoring.lanes", "2", "scoring.threads", "3", "scoring.decode.threads", "5",
                "scoring.max.bytes.in.flight", "2000000", "scoring.timeout.ms", "1234", "image.max.bytes", "1000",
                "image.max.pixels", "2000", "image.max.side", "300", "event.max.bytes", "4000",
                "event.max.metadata.bytes", "500", "event.max.attributes", "6", "calibration.window.size", "99",
                "calibration.min.samples", "98", "calibration.target.false.alarm.rate", "0.1",
                "calibration.interval.ms", "50", "calibration.update-mask", "true",
                "rate.window.ms", "500", "rate.grace.ms", "6", "rate.idle.ms", "700",
                "alert.significance", "0.001", "alert.clear.significance", "0.2", "alert.min.images", "8",
                "alert.min.ratio", "3", "schema.registry.url", "http://a:1,https://b:2");
        assertThat(config.bundle()).isEqualTo(Path.of("b"));
        assertThat(config.topics()).isEqualTo(new TopicNames("t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"));
        assertThat(config.engine(ExecutionProvider.CPU)).isEqualTo(new EngineSettings(4, Duration.ofMillis(7), 5, 2, 3,
                2_000_000, BatchShapes.EXACT,
                new ImageLimits(300, 2_000, 1_000)));
        assertThat(config.eventLimits()).isEqualTo(new EventLimits(4_000, 500, 6));
        assertThat(config.scoringTimeout()).isEqualTo(Duration.ofMillis(1234));
        assertThat(config.calibrationPolicy()).isEqualTo(new CalibrationPolicy(99, 98, 0.1, Duration.ofMillis(50)));
        assertThat(config.updateMask()).isTrue();
        assertThat(config.windowPolicy()).isEqualTo(
                new WindowPolicy(Duration.ofMillis(500), Duration.ofMillis(6), Duration.ofMillis(700)));
        assertThat(config.rateTest()).isEqualTo(new RateTest(0.001, 0.2, 8, 3));
        assertThat(config.registry().urls()).extracting(Object::toString).containsExactly("http://a:1", "https://b:2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scoring.device | gpu
            scoring.device | cuda:x
            scoring.device | ''
            scoring.gpu.memory.limit | -1
            scoring.tensorrt.fp16 | half
            scoring.batch.size | -1
            scoring.batch.size | many
            scoring.max.delay.ms | -1
            scoring.lanes | -1
            scoring.threads | 0
            scoring.decode.threads | -1
            scoring.max.bytes.in.flight | 10
            scoring.timeout.ms | 1
            scoring.timeout.ms | 15000
            image.max.bytes | 0
            image.max.bytes | 1073741825
            image.max.pixels | 0
            image.max.side | 0
            event.max.bytes | 16777215
            event.max.metadata.bytes | 255
            event.max.metadata.bytes | 262145
            event.max.attributes | -1
            calibration.window.size | 100
            calibration.min.samples | 18
            calibration.target.false.alarm.rate | 0.9
            calibration.interval.ms | 1
            calibration.update-mask | perhaps
            rate.window.ms | 10
            rate.grace.ms | -1
            rate.idle.ms | 1
            alert.significance | 2
            alert.clear.significance | 1e-9
            alert.min.images | 0
            alert.min.ratio | 0.5
            bundle | ''
            schema.registry.url | ftp://registry
            """)
    void shouldRefuseAValueInOneSentenceThatNamesTheSetting(String name, String value) {
        assertThatThrownBy(() -> config(name, value).registry()).isInstanceOf(ConfigException.class)
                .hasMessageContaining(name).message().hasLineCount(1);
    }

    @Test
    void shouldLetEventsGrowWithTheirImages() {
        assertThat(config("image.max.bytes", "1000").eventLimits().maxBytes()).isEqualTo(1_000 + (1 << 20));
        MonitorConfig largest = config("image.max.bytes", "1073741824");
        assertThat(largest.eventLimits().maxBytes()).isEqualTo((1 << 30) + (1 << 20));
        assertThat(largest.streams()).containsEntry("producer.max.request.size", (1 << 30) + (2 << 20))
                .containsEntry("producer.buffer.memory", (1L << 30) + (2 << 20));
    }

    @Test
    void shouldNameWhatADeviceMayBe() {
        assertThatThrownBy(() -> config("scoring.device", "gpu")).isInstanceOf(ConfigException.class)
                .hasMessage("scoring.device must be auto, cpu, cuda, cuda:N, tensorrt or tensorrt:N, with a GPU's "
                        + "number N from 0, but is gpu");
    }

    @Test
    void shouldRunFewSizesInTwoLanesOnAGpuUnlessToldOtherwise() throws Exception {
        Bundle bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        MonitorConfig config = config("scoring.device", "tensorrt:1", "scoring.gpu.memory.limit", "1000",
                "scoring.tensorrt.fp16", "true", "state.dir", "kept");
        assertThat(config.device()).isEqualTo(Device.parse("tensorrt:1"));
        assertThat(config.gpu(bundle)).isEqualTo(
                new GpuOptions(1_000, true, Path.of("kept", "tensorrt", bundle.modelDigest())));
        EngineSettings gpu = config.engine(new ExecutionProvider.TensorRt(1, config.gpu(bundle)));
        assertThat(gpu.batchSize()).isEqualTo(64);
        assertThat(gpu.lanes()).isEqualTo(2);
        assertThat(gpu.shapes()).isEqualTo(BatchShapes.POWERS_OF_TWO);
        assertThat(gpu.decodeThreads()).isEqualTo(CORES);
        EngineSettings told = config("scoring.batch.size", "24", "scoring.lanes", "3")
                .engine(new ExecutionProvider.Cuda(0, config.gpu(bundle)));
        assertThat(told.batchSize()).isEqualTo(24);
        assertThat(told.lanes()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAMovingMaskWithTensorRt() {
        assertThatThrownBy(() -> config("scoring.device", "tensorrt", "calibration.update-mask", "true"))
                .isInstanceOf(ConfigException.class).hasMessage(
                        "calibration.update-mask must be false with scoring.device = tensorrt, but is true");
        assertThat(config("scoring.device", "cuda", "calibration.update-mask", "true").updateMask()).isTrue();
    }

    @Test
    void shouldRefuseAnUnknownSetting() {
        assertThatThrownBy(() -> config("scoring.bach.size", "8")).isInstanceOf(ConfigException.class)
                .hasMessage("Unknown setting scoring.bach.size: neither the monitor nor Kafka knows it");
        assertThatThrownBy(() -> config("producer.lingr.ms", "8")).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldRefuseOneTopicForTwoPurposes() {
        assertThatThrownBy(() -> config("scores.topic", "images")).isInstanceOf(ConfigException.class)
                .hasMessage("The topics must be eight different ones, but two are named images");
    }

    @Test
    void shouldRefuseATimeoutThatKafkasOwnWouldOvertake() {
        assertThatThrownBy(() -> config("main.consumer.max.poll.interval.ms", "15000"))
                .hasMessage("scoring.timeout.ms must be at most half of max.poll.interval.ms = 15000, but is 10000");
        assertThatThrownBy(() -> config("transaction.timeout.ms", "10000"))
                .hasMessage("scoring.timeout.ms must be less than transaction.timeout.ms = 10000, but is 10000");
    }

    @Test
    void shouldPassKafkasSettingsThroughUntouched() {
        MonitorConfig config = config("bootstrap.servers", "k:9092", "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "x required;", "ssl.truststore.location", "/t", "producer.linger.ms", "3",
                "main.consumer.fetch.max.bytes", "77", "num.stream.threads", "9", "topic.retention.ms", "5",
                "processing.guarantee", "at_least_once");
        assertThat(config.kafka()).hasSize(9).containsEntry("sasl.jaas.config", "x required;")
                .containsEntry("producer.linger.ms", "3");
        assertThat(config.streams()).containsAllEntriesOf(config.kafka());
    }

    @Test
    void shouldBeExactlyOnceUnlessToldOtherwise() {
        assertThat(config().streams()).containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("acceptable.recovery.lag", (long) Integer.MAX_VALUE)
                .containsEntry("num.stream.threads", 1)
                .containsEntry("max.task.idle.ms", -1L)
                .containsEntry("application.id", "ood-monitor");
    }

    @Test
    void shouldKnowHowOftenKafkaStreamsCommits() {
        assertThat(config().commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config("commit.interval.ms", "70").commitInterval()).isEqualTo(Duration.ofMillis(70));
        assertThat(config("processing.guarantee", "at_least_once").commitInterval()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldPutOptionsOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("my.conf"),
                "scoring.batch.size = 1\nscoring.lanes = 1\nscoring.threads = 1\nbootstrap.servers=a:1\n");
        MonitorConfig config = SettingsFile.load(Optional.of(file),
                Map.of("OOD_SCORING_LANES", "2", "OOD_SCORING_THREADS", "2", "PATH", "/bin"),
                Map.of("scoring.threads", "3"));
        assertThat(config.engine(ExecutionProvider.CPU).batchSize()).isEqualTo(1);
        assertThat(config.engine(ExecutionProvider.CPU).lanes()).isEqualTo(2);
        assertThat(config.engine(ExecutionProvider.CPU).threadsPerLane()).isEqualTo(3);
        assertThat(config.kafka()).containsEntry("bootstrap.servers", "a:1");
    }

    @Test
    void shouldFindASettingWithADashInTheEnvironment() {
        assertThat(SettingsFile.load(Optional.empty(), Map.of("OOD_CALIBRATION_UPDATE_MASK", "true"), Map.of())
                .updateMask()).isTrue();
    }

    @Test
    void shouldNameAFileThatIsNotThereAndAVariableThatMeansNothing() {
        Path file = folder.resolve("none.conf");
        assertThatThrownBy(() -> SettingsFile.load(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class).hasMessage("There is no settings file " + file);
        assertThatThrownBy(() -> SettingsFile.load(Optional.empty(), Map.of("OOD_SCORING_BACH", "1"), Map.of()))
                .isInstanceOf(ConfigException.class).hasMessageContaining("scoring.bach");
    }
}
