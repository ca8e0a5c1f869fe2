package io.oodmonitor.image;

/** An image whose rows are there, or are made when they are asked for, in any order. Not thread-safe. */
interface RgbRows {
    int height();

    int width();

    /** Where rows lie, red first; the same array for all of them. */
    byte[] array();

    /**
     * Sees to it that columns [from, to) of row y lie in the array, until the next call.
     *
     * @return where column 0 of that row is, or would be
     */
    int row(int y, int from, int to);

    /** The whole image. */
    default RgbImage toImage() {
        int rowBytes = width() * 3;
        byte[] pixels = new byte[height() * rowBytes];
        for (int y = 0; y < height(); y++) {
            System.arraycopy(array(), row(y, 0, width()), pixels, y * rowBytes, rowBytes);
        }
        return new RgbImage(height(), width(), pixels);
    }

    static RgbRows of(RgbImage image) {
        return new Whole(image);
    }

    /**
     * Rows in someone else's array.
     *
     * @param start where the first row begins; the others follow it
     */
    record Stored(int height, int width, byte[] array, int start) implements RgbRows {
        @Override
        public int row(int y, int from, int to) {
            return start + y * width * 3;
        }
    }

    /** The rows of an image. */
    record Whole(RgbImage image) implements RgbRows {
        @Override
        public int height() {
            return image.height();
        }

        @Override
        public int width() {
            return image.width();
        }

        @Override
        public byte[] array() {
            return image.pixels();
        }

        @Override
        public int row(int y, int from, int to) {
            return y * image.width() * 3;
        }

        @Override
        public RgbImage toImage() {
            return image;
        }
    }
}
