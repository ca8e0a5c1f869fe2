package io.oodmonitor.image;

/**
 * What to do with a stored image to see it upright, as its Exif data say (CIPA DC-008, tag 0x0112, values 1 to 8; the
 * same as Pillow's ImageOps.exif_transpose does).
 */
enum Orientation {
    NORMAL(false, false, false),
    MIRROR(false, true, false),
    ROTATE_180(false, true, true),
    FLIP(false, false, true),
    TRANSPOSE(true, false, false),
    ROTATE_CLOCKWISE(true, false, true),
    TRANSVERSE(true, true, true),
    ROTATE_COUNTERCLOCKWISE(true, true, false);

    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;

    private final boolean swapsSides;
    private final boolean flipsColumns;
    private final boolean flipsRows;

    /** The flips are those of the stored image's columns and rows, seen from the upright image. */
    Orientation(boolean swapsSides, boolean flipsColumns, boolean flipsRows) {
        this.swapsSides = swapsSides;
        this.flipsColumns = flipsColumns;
        this.flipsRows = flipsRows;
    }

    /** Reads a TIFF structure, as Exif uses; whatever is wrong with it means NORMAL, as a photo viewer takes it. */
    static Orientation ofExif(Bytes tiff) {
        try {
            boolean little = tiff.startsWith("II*\0");
            if (!little && !tiff.startsWith("MM\0*")) {
                return NORMAL;
            }
            int directory = little ? tiff.i32LittleEndian(4) : tiff.i32BigEndian(4);
            int entries = u16(tiff, directory, little);
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + 12 * i;
                if (u16(tiff, entry, little) == TAG && u16(tiff, entry + 2, little) == TYPE_SHORT) {
                    int value = u16(tiff, entry + 8, little);
                    return value >= 1 && value <= 8 ? values()[value - 1] : NORMAL;
                }
            }
            return NORMAL;
        } catch (OutsideBytesException e) {
            return NORMAL;
        }
    }

    /** The rows as they were seen. */
    RgbRows apply(RgbRows stored) {
        return this == NORMAL ? stored : RgbRows.of(apply(stored.toImage()));
    }

    /** The image as it was seen. */
    RgbImage apply(RgbImage stored) {
        if (this == NORMAL) {
            return stored;
        }
        int height = swapsSides ? stored.width() : stored.height();
        int width = swapsSides ? stored.height() : stored.width();
        byte[] in = stored.pixels();
        byte[] out = new byte[in.length];
        // Index of the stored pixel, three bytes each, that is seen at (0, 0), and the steps from there.
        int columnStep = flipsColumns ? -3 : 3;
        int rowStep = (flipsRows ? -3 : 3) * stored.width();
        int start = (flipsColumns ? 3 * (stored.width() - 1) : 0)
                + (flipsRows ? 3 * stored.width() * (stored.height() - 1) : 0);
        int right = swapsSides ? rowStep : columnStep;
        int below = swapsSides ? columnStep : rowStep;
        int o = 0;
        for (int y = 0; y < height; y++) {
            int i = start + y * below;
            for (int x = 0; x < width; x++, i += right) {
                out[o++] = in[i];
                out[o++] = in[i + 1];
                out[o++] = in[i + 2];
            }
        }
        return new RgbImage(height, width, out);
    }

    private static int u16(Bytes tiff, int at, boolean little) {
        return little ? tiff.u16LittleEndian(at) : tiff.u16BigEndian(at);
    }
}
