package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.HeadEnergy;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.scoring.BatchShapes;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.MovingMask;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges over one store, with a real network whose mask moves. */
class JudgeTest {

    private static final String KEY = "tiny/1/dice@50";
    private static final List<Double> TURNED = List.of(-1.0, -2.0, -3.0, -4.0, -5.0, -6.0);

    @TempDir
    private Path folder;
    private ScoringEngine engine;
    private MovingMask masks;
    private MonitoredModel model;
    private KeyValueStore<String, byte[]> store;

    @BeforeEach
    void open() {
        Bundle bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        OnnxNetwork network = OnnxNetwork.withFeatures(bundle, SessionSettings.cpu(1));
        engine = new ScoringEngine(network, bundle.framing(),
                new EngineSettings(1, Duration.ZERO, 1, 1, 1, 1 << 20, BatchShapes.EXACT, ImageLimits.DEFAULT));
        masks = new MovingMask(bundle, List.of(network));
        model = MonitoredModel.of(bundle, Optional.of(masks));
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(ThresholdStore.NAME), Serdes.String(),
                Serdes.ByteArray()).withLoggingDisabled().build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    private Judge judge() {
        return new Judge(model, store, JudgeTest::read);
    }

    private static OodThreshold read(byte[] bytes) {
        try {
            return OodThreshold.fromByteBuffer(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void publish(int mask, long version, List<Double> mean) throws IOException {
        store.put(KEY, new OodThreshold("tiny", "1", "dice@50#" + mask, version, 0.5, 1, 0.05, 19, 1.0, Instant.EPOCH,
                List.of(0.5), mean).toByteBuffer().array());
    }

    private Score score() throws Exception {
        byte[] pixels = new byte[TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
        pixels[0] = 77;
        RgbImage image = new RgbImage(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels);
        return engine.submit(decoder -> image, pixels.length).get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldHaveTheNetworkBeginWithTheMaskInForce() throws Exception {
        publish(3, 9, TURNED);
        assertThat(score().maskVersion()).isZero();
        try (Judge judge = judge()) {
            assertThat(score().maskVersion()).isEqualTo(3);
            assertThat(judge.judge(score()).standard().orElseThrow().version()).isEqualTo(9);
        }
    }

    @Test
    void shouldJudgeAlikeInTwoTasksWhateverMaskMadeTheScore() throws Exception {
        try (Judge one = judge(); Judge two = judge()) {
            Score fitted = score();
            assertThat(one.judge(fitted).score()).isSameAs(fitted);
            publish(1, 1, TURNED);
            Score moved = one.judge(fitted).score();
            assertThat(moved.maskVersion()).isEqualTo(1);
            assertThat((double) moved.score()).isCloseTo(new HeadEnergy(masks.at(1, PublishedThresholds.array(TURNED))
                    .head()).score(fitted.features()), within(1e-5)).isNotCloseTo(fitted.score(), within(1e-3));
            assertThat(two.judge(fitted).score().score()).isEqualTo(moved.score());

            // A task that had not seen the record yet has put the network back.
            masks.use(masks.fitted());
            assertThat(score().maskVersion()).isZero();
            assertThat(two.judge(score()).score().maskVersion()).isEqualTo(1);
            assertThat(score().maskVersion()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithARecordThatDoesNotHoldItsMask() throws Exception {
        try (Judge judge = judge()) {
            Score score = score();
            publish(2, 1, null);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> judge.judge(score)).isInstanceOf(IllegalStateException.class)
                        .hasMessage("The threshold of tiny 1 dice@50#2 on the topic must hold the feature mean of its"
                                + " mask, but does not: delete it there, and calibration makes a new one");
            }
        }
    }
}
