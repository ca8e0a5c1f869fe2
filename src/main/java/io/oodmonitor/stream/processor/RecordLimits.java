package io.oodmonitor.stream.processor;

import io.oodmonitor.event.EventLimits;
import io.oodmonitor.stream.prefetch.Outcome;
import io.oodmonitor.stream.prefetch.Reason;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Holds a record against the limits of events before anyone works on it. A verdict carries the record's key and
 * headers: unbounded, they would not fit on the verdicts' topic, and stop the stream. Immutable.
 */
record RecordLimits(EventLimits limits) {

    /** Two lengths, of five bytes at most: even headers that say nothing add up. */
    private static final int HEADER_FRAME = 10;

    /** What becomes of a record that is too large; empty for any other. */
    Optional<Record<byte[], Outcome>> refused(Record<byte[], byte[]> record) {
        long metadata = length(record.key());
        for (Header header : record.headers()) {
            metadata += HEADER_FRAME + Utils.utf8Length(header.key()) + length(header.value());
        }
        long bytes = metadata + length(record.value());
        if (bytes > limits.maxBytes()) {
            // It may be more than the dead letters' topic takes: a batch is compressed there and here it is not.
            return Optional.of(record.withKey((byte[]) null).withHeaders(new RecordHeaders())
                    .withValue(rejected(null, "the record must have at most " + limits.maxBytes() + " bytes, but has "
                            + bytes + ": it is left where it is")));
        }
        if (metadata > limits.maxMetadataBytes()) {
            return Optional.of(record.withValue(rejected(record.value(), "the record's key and headers must have at"
                    + " most " + limits.maxMetadataBytes() + " bytes, but have " + metadata)));
        }
        return Optional.empty();
    }

    private static Outcome rejected(byte[] value, String message) {
        return new Outcome.Rejected(value, Reason.EVENT_TOO_LARGE, message);
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
