package io.oodmonitor.stream;

import static io.oodmonitor.stream.MonitorConfig.number;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.oodmonitor.event.EventLimits;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of {@link MonitorConfig} that say how large an event may be. */
final class EventConfig {

    /** The largest images that anyone may allow. */
    static final int MOST_IMAGE_BYTES = 1 << 30;

    /** Key, headers and the other fields of an event, at most, beside the image; and what a dead letter adds. */
    private static final int OVERHEAD = 1 << 20;

    /** A verdict carries all of it, and as much of key and headers, on a topic of a megabyte a record. */
    private static final int MOST_METADATA = 256 << 10;

    /** Kafka's own default. */
    private static final long USUAL_BUFFER = 32 << 20;

    private EventConfig() {
    }

    static void define(ConfigDef settings) {
        number(settings, MonitorConfig.EVENT_MAX_BYTES, Type.INT, 0, between(0, MOST_IMAGE_BYTES + OVERHEAD),
                "Bytes of an event's record, key and headers included, at most. 0: 1 MiB more than "
                        + MonitorConfig.IMAGE_MAX_BYTES + ".");
        number(settings, MonitorConfig.EVENT_MAX_METADATA, Type.INT, 64 << 10, between(256, MOST_METADATA),
                "Bytes of an event's id, source (" + EventLimits.MAX_SOURCE_BYTES + "), label and attributes together, "
                        + "at most, and as many again of its record's key and headers.");
        number(settings, MonitorConfig.EVENT_MAX_ATTRIBUTES, Type.INT, 100, atLeast(0),
                "Attributes of an event, at most.");
    }

    static void check(MonitorConfig config) {
        int image = config.getInt(MonitorConfig.IMAGE_MAX_BYTES);
        config.require(limits(config).maxBytes() >= image, MonitorConfig.EVENT_MAX_BYTES,
                "0, or at least " + MonitorConfig.IMAGE_MAX_BYTES + " = " + image);
    }

    static EventLimits limits(MonitorConfig config) {
        int bytes = config.getInt(MonitorConfig.EVENT_MAX_BYTES);
        return new EventLimits(bytes > 0 ? bytes : config.getInt(MonitorConfig.IMAGE_MAX_BYTES) + OVERHEAD,
                config.getInt(MonitorConfig.EVENT_MAX_METADATA), config.getInt(MonitorConfig.EVENT_MAX_ATTRIBUTES));
    }

    /** A dead letter is as large as its event, and its headers come on top. */
    static int deadLetterBytes(MonitorConfig config) {
        return limits(config).maxBytes() + OVERHEAD;
    }

    /** Lets a producer write the largest dead letter. */
    static void makeRoom(MonitorConfig config, Properties properties) {
        int largest = deadLetterBytes(config);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largest);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                Math.max(USUAL_BUFFER, largest));
    }
}
