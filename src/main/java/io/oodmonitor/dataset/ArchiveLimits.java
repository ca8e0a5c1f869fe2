package io.oodmonitor.dataset;

import io.oodmonitor.image.ImageLimits;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What an archive may ask for.
 *
 * @param maxEntries    files and folders: each costs about 150 bytes of memory, and its name
 * @param maxNames      characters of all their names
 * @param maxImageBytes bytes of an image, expanded
 * @param maxRatio      expanded bytes for each byte of the archive
 * @param freeBytes     expanded bytes that no ratio is asked of
 * @param feedBytes     bytes of images that are held until those before them have been read
 */
public record ArchiveLimits(int maxEntries, long maxNames, long maxImageBytes, int maxRatio, long freeBytes,
                            long feedBytes) {

    /**
     * Three million entries (ImageNet has 1.4 million) of 40 characters each, image.max.bytes, 100 to 1 from 64 MiB on,
     * 64 MiB held.
     */
    public static final ArchiveLimits DEFAULT =
            new ArchiveLimits(3_000_000, 120_000_000, ImageLimits.DEFAULT.maxBytes(), 100, 64 << 20, 64 << 20);

    public ArchiveLimits {
        if (maxEntries < 1 || maxNames < 1 || maxImageBytes < 1 || maxRatio < 1 || freeBytes < 0 || feedBytes < 0) {
            throw new IllegalArgumentException("an archive's limits must be at least 1, free and held bytes at least 0,"
                    + " but are " + maxEntries + ", " + maxNames + ", " + maxImageBytes + ", " + maxRatio + ", "
                    + freeBytes + " and " + feedBytes);
        }
    }

    /** The same with other limits to entries and to growth. */
    public ArchiveLimits with(int entries, int ratio) {
        return new ArchiveLimits(entries, maxNames, maxImageBytes, ratio, freeBytes, feedBytes);
    }

    /** The expanded bytes that an archive of so many may have. */
    long maxExpanded(long archiveBytes) {
        return archiveBytes > Long.MAX_VALUE / maxRatio ? Long.MAX_VALUE
                : Math.max(freeBytes, archiveBytes * maxRatio);
    }

    void checkEntries(Path archive, int entries) throws IOException {
        if (entries > maxEntries) {
            throw new IOException("archive " + archive + " must hold at most " + maxEntries + " files and folders, "
                    + "but holds more");
        }
    }

    void checkNames(Path archive, long characters) throws IOException {
        if (characters > maxNames) {
            throw new IOException("archive " + archive + " must have names of at most " + maxNames
                    + " characters in all, but has more");
        }
    }

    void checkExpanded(Path archive, long archiveBytes, long expanded) throws IOException {
        if (expanded > maxExpanded(archiveBytes)) {
            throw new IOException("archive " + archive + " must expand to at most " + maxRatio + " times its "
                    + archiveBytes + " bytes, but expands further");
        }
    }

    void checkImage(Path archive, Archive.Entry image) throws IOException {
        if (image.size() > maxImageBytes) {
            throw new IOException("image " + EntryName.printable(image.name()) + " in archive " + archive
                    + " must have at most " + maxImageBytes + " bytes, but has " + image.size());
        }
    }
}
