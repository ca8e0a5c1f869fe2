package io.oodmonitor.event;

import io.oodmonitor.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An image's event from the wire, its verdict to the wire. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AvroBenchmark {
    @Param({"3072", "102400"})
    public int imageBytes;

    private EmbeddedRegistry registry;
    private AvroDeserializer<ImageEvent> deserializer;
    private byte[] record;
    private AvroSerializer<OodScore> serializer;
    private OodScore verdict;

    @Setup
    public void start() throws IOException {
        registry = EmbeddedRegistry.inMemory();
        RegistryClient client = new RegistryClient(RegistrySettings.of(registry.url()));
        deserializer = new AvroDeserializer<>(client, ImageEvent.class);
        ImageEvent event = ImageEvent.newBuilder().setId("camera-7-000123").setSource("camera-7")
                .setCapturedAt(Instant.ofEpochMilli(1_700_000_000_000L)).setEncoding(ImageEncoding.ENCODED)
                .setImage(ByteBuffer.allocate(imageBytes)).setAttributes(Map.of("line", "3")).build();
        record = new AvroSerializer<>(client, ImageEvent.class).serialize("images", event);
        serializer = new AvroSerializer<>(client, OodScore.class);
        verdict = OodScore.newBuilder().setId(event.getId()).setSource(event.getSource())
                .setCapturedAt(event.getCapturedAt()).setScoredAt(event.getCapturedAt().plusMillis(20))
                .setModel("parts").setModelVersion("1").setDetectorVersion("dice@90#0").setPredictedLabel("bolt")
                .setPredictedIndex(2).setConfidence(0.97f).setScore(11.5f).setEnergy(-11.5f).setThreshold(9.25)
                .setThresholdVersion(3).setPValue(0.4).setVerdict(Verdict.IN_DISTRIBUTION).build();
    }

    @TearDown
    public void stop() {
        registry.close();
    }

    @Benchmark
    public ImageEvent readImageEvent() {
        return deserializer.deserialize("images", record);
    }

    @Benchmark
    public byte[] writeScore() {
        return serializer.serialize("ood-scores", verdict);
    }
}
