package io.oodmonitor.stream;

import static io.oodmonitor.stream.MonitorConfig.number;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.oodmonitor.event.EventLimits;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of {@link MonitorConfig} that say how large an event may be. */
final class EventConfig {

    /** Key, headers and the other fields of an event, at most, beside the image. */
    static final int OVERHEAD = 1 << 20;

    /** A verdict carries all of it, on a topic of a megabyte a record. */
    private static final int MOST_METADATA = 256 << 10;

    private EventConfig() {
    }

    static void define(ConfigDef settings) {
        number(settings, MonitorConfig.EVENT_MAX_BYTES, Type.INT, 0, atLeast(0), "Bytes of an event's record, key and "
                + "headers included, at most. 0: 1 MiB more than " + MonitorConfig.IMAGE_MAX_BYTES + ".");
        number(settings, MonitorConfig.EVENT_MAX_METADATA, Type.INT, 64 << 10, between(256, MOST_METADATA),
                "Bytes of an event's id, source, label and attributes together, at most, and as many again of its "
                        + "record's key and headers.");
        number(settings, MonitorConfig.EVENT_MAX_ATTRIBUTES, Type.INT, 100, atLeast(0),
                "Attributes of an event, at most.");
    }

    static EventLimits limits(MonitorConfig config) {
        int bytes = config.getInt(MonitorConfig.EVENT_MAX_BYTES);
        long usual = (long) config.getInt(MonitorConfig.IMAGE_MAX_BYTES) + OVERHEAD;
        return new EventLimits(bytes > 0 ? bytes : (int) Math.min(usual, Integer.MAX_VALUE),
                config.getInt(MonitorConfig.EVENT_MAX_METADATA), config.getInt(MonitorConfig.EVENT_MAX_ATTRIBUTES));
    }
}
