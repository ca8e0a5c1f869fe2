package io.oodmonitor.image;

/** How new pixels are made of old ones; the same filters as Pillow's of the same names. */
public enum Interpolation {
    /** The old pixel under the centre of the new one. */
    NEAREST(0),
    /** A triangle. */
    BILINEAR(1),
    /** Keys' cubic with a = -0.5 (Keys, IEEE Trans. ASSP 29(6), 1981). */
    BICUBIC(2);

    private static final double A = -0.5;

    private final double support;

    Interpolation(double support) {
        this.support = support;
    }

    /** Beyond this distance the weight is zero. */
    double support() {
        return support;
    }

    /** The weight of an old pixel at a distance in units of the wider of old and new pixels. */
    double weight(double distance) {
        double x = Math.abs(distance);
        return switch (this) {
            case NEAREST -> throw new IllegalStateException("NEAREST has no weights");
            case BILINEAR -> x < 1 ? 1 - x : 0;
            case BICUBIC -> {
                if (x < 1) {
                    yield ((A + 2) * x - (A + 3)) * x * x + 1;
                }
                yield x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
            }
        };
    }
}
