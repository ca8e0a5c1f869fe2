package io.oodmonitor.image;

/** How far two images of the same size are from each other, over all bytes. */
record PixelDifference(long bytes, long differing, int largest) {
    static final PixelDifference NONE = new PixelDifference(0, 0, 0);

    static PixelDifference between(byte[] actual, int actualAt, byte[] expected, int expectedAt, int length) {
        long differing = 0;
        int largest = 0;
        for (int i = 0; i < length; i++) {
            int difference = Math.abs((actual[actualAt + i] & 0xFF) - (expected[expectedAt + i] & 0xFF));
            differing += difference > 0 ? 1 : 0;
            largest = Math.max(largest, difference);
        }
        return new PixelDifference(length, differing, largest);
    }

    static PixelDifference between(RgbImage actual, RgbImage expected) {
        if (actual.height() != expected.height() || actual.width() != expected.width()) {
            throw new AssertionError("expected " + expected.width() + " x " + expected.height() + " pixels, but got "
                    + actual.width() + " x " + actual.height());
        }
        return between(actual.pixels(), 0, expected.pixels(), 0, expected.pixels().length);
    }

    PixelDifference plus(PixelDifference other) {
        return new PixelDifference(bytes + other.bytes, differing + other.differing, Math.max(largest, other.largest));
    }

    @Override
    public String toString() {
        return differing + " of " + bytes + " bytes differ (" + 100.0 * differing / bytes + "%), by at most " + largest;
    }
}
