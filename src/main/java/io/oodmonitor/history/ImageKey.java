package io.oodmonitor.history;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a record on ood-alerts: two of them never have the same. Ordered by when the image was judged.
 *
 * @param scoredAt milliseconds since the epoch
 */
public record ImageKey(long scoredAt, int partition, long offset) implements Comparable<ImageKey> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(\\d{1,9})-(\\d{1,18})");
    private static final Comparator<ImageKey> ORDER = Comparator.comparingLong(ImageKey::scoredAt)
            .thenComparingInt(ImageKey::partition).thenComparingLong(ImageKey::offset);

    /** Reads a key; empty if it is none. */
    public static Optional<ImageKey> parse(String text) {
        Matcher key = TEXT.matcher(text);
        return key.matches() ? Optional.of(new ImageKey(Long.parseLong(key.group(1)), Integer.parseInt(key.group(2)),
                Long.parseLong(key.group(3)))) : Optional.empty();
    }

    /** As it stands in addresses. */
    public String text() {
        return scoredAt + "-" + partition + "-" + offset;
    }

    @Override
    public int compareTo(ImageKey other) {
        return ORDER.compare(this, other);
    }
}
