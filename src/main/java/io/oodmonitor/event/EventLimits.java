package io.oodmonitor.event;

import io.oodmonitor.event.MalformedRecordException.Reason;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What an event may ask for beside its image's size. Bytes of a record and attributes are counted before anything is
 * allocated for them.
 *
 * @param maxBytes         of a record, key and headers included
 * @param maxMetadataBytes of all texts in an event together, and as many again of its record's key and headers
 * @param maxAttributes    entries of an event's attributes
 */
public record EventLimits(int maxBytes, int maxMetadataBytes, int maxAttributes) {

    /** Bytes of a source's name: the rates remember thousands of them. */
    public static final int MAX_SOURCE_BYTES = 1_024;

    /** For records of our own making: no more than the record holds. */
    public static final EventLimits NONE =
            new EventLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public EventLimits {
        if (maxBytes < 1 || maxMetadataBytes < 1 || maxAttributes < 0) {
            throw new IllegalArgumentException("an event's limits must be at least 1 byte, 1 byte of metadata and 0"
                + " attributes, but are " + maxBytes + ", " + maxMetadataBytes + " and " + maxAttributes);
        }
    }

    /**
     * Holds the texts of an event against the limits, as long as they will be in a verdict; other records have none.
     *
     * @throws MalformedRecordException EVENT_TOO_LARGE if they are longer
     */
    void check(SpecificRecord record) {
        if (record instanceof ImageEvent event) {
            int source = bytes(event.getSource());
            require(source, MAX_SOURCE_BYTES, "the event's source must have at most %d bytes, but has %d");
            long attributes = event.getAttributes().entrySet().stream()
                .mapToLong(entry -> (long) bytes(entry.getKey()) + bytes(entry.getValue())).sum();
            int label = event.getLabel() == null ? 0 : bytes(event.getLabel());
            require(attributes + label + source + bytes(event.getId()), maxMetadataBytes,
                "the event's texts must have at most %d bytes together, but have %d");
        }
    }

    private static int bytes(String text) {
        return Utils.utf8Length(text);
    }

    private static void require(long bytes, int most, String otherwise) {
        if (bytes > most) {
            throw new MalformedRecordException(Reason.EVENT_TOO_LARGE, String.format(otherwise, most, bytes));
        }
    }
}
