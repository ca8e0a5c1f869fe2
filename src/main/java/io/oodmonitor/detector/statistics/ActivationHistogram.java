package io.oodmonitor.detector.statistics;

/**
 * Counts activations in bins of the float's own steps, so that percentiles of any number of them need little memory and
 * are off by 1 in 65,536 at most. Order does not matter. Not safe for use by several threads.
 */
final class ActivationHistogram {

    /* The 24 upper bits of a float, made to ascend with its value; the lower 12 of them count within a page, and pages
       appear as they are needed: activations of one network lie in some hundred of 4,096. */
    private static final int DROPPED_BITS = Float.SIZE - 24;
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    private final long[][] pages = new long[1 << 24 - PAGE_BITS][];
    private long count;

    /** @param value finite */
    void add(float value) {
        // -0 is 0.
        int bits = Float.floatToRawIntBits(value + 0f);
        int ascending = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
        int bin = ascending >>> DROPPED_BITS;
        long[] page = pages[bin >>> PAGE_BITS];
        if (page == null) {
            page = new long[PAGE];
            pages[bin >>> PAGE_BITS] = page;
        }
        page[bin & PAGE - 1]++;
        count++;
    }

    /** Percentiles, linear between order statistics as numpy's are. At least one value must have been added. */
    ActivationQuantiles quantiles() {
        double[] values = new double[ActivationQuantiles.COUNT];
        Walk walk = new Walk();
        for (int i = 0; i < values.length; i++) {
            double index = (count - 1) * (i / (double) (values.length - 1));
            long below = (long) index;
            double a = walk.at(below);
            double b = below + 1 < count ? walk.copy().at(below + 1) : a;
            values[i] = a + (b - a) * (index - below);
        }
        return new ActivationQuantiles(values);
    }

    /** Finds order statistics of ascending ranks in one walk through the bins. */
    private final class Walk {

        private int bin = -1;
        /** Values in the bins before this one, and in it. */
        private long before;
        private long inBin;

        Walk copy() {
            Walk copy = new Walk();
            copy.bin = bin;
            copy.before = before;
            copy.inBin = inBin;
            return copy;
        }

        double at(long rank) {
            while (rank >= before + inBin) {
                before += inBin;
                bin++;
                while (pages[bin >>> PAGE_BITS] == null) {
                    bin += PAGE;
                }
                inBin = pages[bin >>> PAGE_BITS][bin & PAGE - 1];
            }
            double lower = value(bin << DROPPED_BITS);
            double upper = value((bin << DROPPED_BITS) + (1 << DROPPED_BITS) - 1);
            return lower + (upper - lower) * ((rank - before + 0.5) / inBin);
        }

        private double value(int ascending) {
            return Float.intBitsToFloat(ascending < 0 ? ascending ^ Integer.MIN_VALUE : ~ascending);
        }
    }
}
