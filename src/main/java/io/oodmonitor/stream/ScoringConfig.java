package io.oodmonitor.stream;

import static io.oodmonitor.stream.MonitorConfig.number;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.scoring.BatchShapes;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.device.Device;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.GpuOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of {@link MonitorConfig} that the engine is made of. */
final class ScoringConfig {

    private ScoringConfig() {
    }

    static void define(ConfigDef settings) {
        settings.define(MonitorConfig.DEVICE, Type.STRING, "auto", ScoringConfig::requireDevice, Importance.HIGH,
                "Where the network runs: " + Device.ALLOWED + ". auto: on GPUs by CUDA where that works, else on the "
                        + "CPU. Without a number: on every GPU.");
        number(settings, MonitorConfig.GPU_MEMORY_LIMIT, Type.LONG, 0L, atLeast(0),
                "Bytes of a GPU's memory that the network's tensors may take, at most. 0: no limit.");
        settings.define(MonitorConfig.FP16, Type.BOOLEAN, false, Importance.LOW,
                "Whether TensorRT may compute in half precision: faster, and scores differ.");
        number(settings, MonitorConfig.BATCH_SIZE, Type.INT, 0, atLeast(0),
                "Images in a full batch. 0: 4 on the CPU, 64 on a GPU.");
        number(settings, MonitorConfig.MAX_DELAY, Type.LONG, 5L, atLeast(0),
                "How long a batch's oldest image waits for others that are being decoded, in milliseconds.");
        // A core a batch beats all cores on one batch: 236 against 161 images a second for a DenseNet on two cores.
        number(settings, MonitorConfig.LANES, Type.INT, 0, atLeast(0),
                "Batches in the network at the same time, on each GPU. 0: as many as there are cores, 2 on a GPU.");
        number(settings, MonitorConfig.THREADS, Type.INT, 1, atLeast(1),
                "Threads that the network uses for one batch.");
        number(settings, MonitorConfig.DECODE_THREADS, Type.INT, 0, atLeast(0),
                "Images decoded at the same time. 0: as many as there are cores.");
        number(settings, MonitorConfig.MAX_BYTES_IN_FLIGHT, Type.LONG, 64L << 20, atLeast(1 << 20),
                "Bytes of images submitted and not yet scored, at most.");
        number(settings, MonitorConfig.SCORING_TIMEOUT, Type.LONG, 10_000L, atLeast(100),
                "How long an image may wait for its score, retries included, in milliseconds. After that its stream "
                        + "thread starts again from the last commit. At most half of Kafka's max.poll.interval.ms, and "
                        + "less than its transaction.timeout.ms.");
        number(settings, MonitorConfig.IMAGE_MAX_BYTES, Type.INT, ImageLimits.DEFAULT.maxBytes(),
                between(1, EventConfig.MOST_IMAGE_BYTES), "Bytes of an image file, or of raw pixels, at most.");
        number(settings, MonitorConfig.IMAGE_MAX_PIXELS, Type.LONG, ImageLimits.DEFAULT.maxPixels(), atLeast(1),
                "Pixels of an image, at most.");
        number(settings, MonitorConfig.IMAGE_MAX_SIDE, Type.INT, ImageLimits.DEFAULT.maxSide(), atLeast(1),
                "Rows or columns of an image, at most.");
    }

    private static void requireDevice(String name, Object value) {
        try {
            Device.parse((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name + " must be " + Device.ALLOWED + ", but is " + value);
        }
    }

    /** What TensorRT builds of the bundle's model stays in the stream's state folder. */
    static GpuOptions gpu(MonitorConfig config, Bundle bundle) {
        Object state = config.streams().getOrDefault(StreamsConfig.STATE_DIR_CONFIG,
                StreamsConfig.configDef().defaultValues().get(StreamsConfig.STATE_DIR_CONFIG));
        return new GpuOptions(config.getLong(MonitorConfig.GPU_MEMORY_LIMIT), config.getBoolean(MonitorConfig.FP16),
                Path.of(state.toString(), "tensorrt", bundle.modelDigest()));
    }

    static EngineSettings engine(MonitorConfig config, ExecutionProvider provider) {
        int cores = Runtime.getRuntime().availableProcessors();
        boolean gpu = provider.isGpu();
        // For a DenseNet batches of 4 are as fast as batches of 8 or a little faster, and their images wait less.
        // On a GPU two batches, so that one is copied while the other is computed. That and the 64 images are a start:
        // neither is measured yet.
        return new EngineSettings(orElse(config.getInt(MonitorConfig.BATCH_SIZE), gpu ? 64 : 4),
                Duration.ofMillis(config.getLong(MonitorConfig.MAX_DELAY)),
                orElse(config.getInt(MonitorConfig.DECODE_THREADS), cores),
                orElse(config.getInt(MonitorConfig.LANES), gpu ? 2 : cores), config.getInt(MonitorConfig.THREADS),
                config.getLong(MonitorConfig.MAX_BYTES_IN_FLIGHT),
                gpu ? BatchShapes.POWERS_OF_TWO : BatchShapes.EXACT,
                new ImageLimits(config.getInt(MonitorConfig.IMAGE_MAX_SIDE),
                        config.getLong(MonitorConfig.IMAGE_MAX_PIXELS), config.getInt(MonitorConfig.IMAGE_MAX_BYTES)));
    }

    private static int orElse(int value, int other) {
        return value == 0 ? other : value;
    }
}
