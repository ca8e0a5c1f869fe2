package io.oodmonitor.event;

/**
 * What an event may ask for beside its image's size. Lengths are checked as they are read, before anything is allocated.
 *
 * @param maxBytes         of a record, key and headers included
 * @param maxMetadataBytes of all texts in an event together, and as many again of its record's key and headers
 * @param maxAttributes    entries of an event's attributes
 */
public record EventLimits(int maxBytes, int maxMetadataBytes, int maxAttributes) {

    /** For records of our own making: no more than the record holds. */
    public static final EventLimits NONE =
            new EventLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public EventLimits {
        if (maxBytes < 1 || maxMetadataBytes < 1 || maxAttributes < 0) {
            throw new IllegalArgumentException("an event's limits must be at least 1 byte, 1 byte of metadata and 0"
                + " attributes, but are " + maxBytes + ", " + maxMetadataBytes + " and " + maxAttributes);
        }
    }
}
