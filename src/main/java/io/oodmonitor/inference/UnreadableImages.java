package io.oodmonitor.inference;

import io.oodmonitor.dataset.Sample;
import java.util.Optional;

/**
 * Images that cannot be decoded: a few are left out, more than a share of all are refused. Not safe for use by several
 * threads.
 */
public final class UnreadableImages {

    private final double share;
    private final long images;
    private long count;
    private String first;

    /**
     * @param share  of the images that may be unreadable, 0 to 1
     * @param images how many there are in all
     */
    public UnreadableImages(double share, long images) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share of images that may be unreadable must be 0 to 1, but is " + share);
        }
        this.share = share;
        this.images = images;
    }

    /** @throws InferenceException if that is one too many */
    void add(Sample sample, Throwable why) {
        count++;
        if (first == null) {
            first = sample.id() + ": " + why.getMessage();
        }
        if (count > share * images) {
            throw new InferenceException(count + " of " + images + " images cannot be read, and at most "
                    + (long) (share * images) + " may be; the first is " + first);
        }
    }

    public long count() {
        return count;
    }

    /** The name of the first one, and why it cannot be read. */
    public Optional<String> first() {
        return Optional.ofNullable(first);
    }
}
