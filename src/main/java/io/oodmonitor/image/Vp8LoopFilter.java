package io.oodmonitor.image;

/** Smooths the edges between blocks of a VP8 frame (RFC 6386, chapter 15). */
final class Vp8LoopFilter {
    private Vp8LoopFilter() {
    }

    /**
     * How strongly a macroblock's edges are filtered.
     *
     * @param limit    of the difference across an edge inside the macroblock; 0 for no filter at all
     * @param interior limit of the differences beside an edge
     * @param variance above this difference beside an edge, fewer samples change
     */
    record Strength(int limit, int interior, int variance) {
        static final Strength NONE = new Strength(0, 0, 0);

        static Strength of(int level, int sharpness) {
            if (level <= 0) {
                return NONE;
            }
            int interior = Math.min(63, level);
            if (sharpness > 0) {
                interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
            }
            interior = Math.max(1, interior);
            int capped = Math.min(63, level);
            return new Strength(2 * capped + interior, interior, capped >= 40 ? 2 : capped >= 15 ? 1 : 0);
        }
    }

    /**
     * Filters the edges of one macroblock: left, inner vertical, top, inner horizontal.
     *
     * @param inner whether edges inside of it are filtered too
     */
    static void normal(Vp8Plane[] planes, int mbX, int mbY, Strength strength, boolean inner) {
        for (int i = 0; i < 3; i++) {
            int size = i == 0 ? 16 : 8;
            byte[] s = planes[i].samples;
            int stride = planes[i].stride;
            int at = planes[i].at(mbX * size, mbY * size);
            if (mbX > 0) {
                edge(s, at, 1, stride, size, strength, 4, true);
            }
            for (int k = 4; inner && k < size; k += 4) {
                edge(s, at + k, 1, stride, size, strength, 0, false);
            }
            if (mbY > 0) {
                edge(s, at, stride, 1, size, strength, 4, true);
            }
            for (int k = 4; inner && k < size; k += 4) {
                edge(s, at + k * stride, stride, 1, size, strength, 0, false);
            }
        }
    }

    /** The same with the simple filter, which leaves chroma alone. */
    static void simple(Vp8Plane luma, int mbX, int mbY, Strength strength, boolean inner) {
        byte[] s = luma.samples;
        int stride = luma.stride;
        int at = luma.at(mbX * 16, mbY * 16);
        if (mbX > 0) {
            simpleEdge(s, at, 1, stride, strength.limit + 4);
        }
        for (int k = 4; inner && k < 16; k += 4) {
            simpleEdge(s, at + k, 1, stride, strength.limit);
        }
        if (mbY > 0) {
            simpleEdge(s, at, stride, 1, strength.limit + 4);
        }
        for (int k = 4; inner && k < 16; k += 4) {
            simpleEdge(s, at + k * stride, stride, 1, strength.limit);
        }
    }

    /** @param across from a sample to its neighbour beyond the edge; {@code along} from one to the next on the edge */
    private static void simpleEdge(byte[] s, int at, int across, int along, int limit) {
        for (int i = 0, p = at; i < 16; i++, p += along) {
            if (withinLimit(s, p, across, limit)) {
                changeTwo(s, p, across);
            }
        }
    }

    private static void edge(byte[] s, int at, int across, int along, int length, Strength strength, int extra,
            boolean outer) {
        int interior = strength.interior;
        for (int i = 0, p = at; i < length; i++, p += along) {
            if (!withinLimit(s, p, across, strength.limit + extra) || !calm(s, p, across, interior)) {
                continue;
            }
            boolean varied = difference(s, p - 2 * across, p - across) > strength.variance
                    || difference(s, p + across, p) > strength.variance;
            if (varied) {
                changeTwo(s, p, across);
            } else if (outer) {
                changeSix(s, p, across);
            } else {
                changeFour(s, p, across);
            }
        }
    }

    private static boolean withinLimit(byte[] s, int p, int step, int limit) {
        return 4 * difference(s, p - step, p) + difference(s, p - 2 * step, p + step) <= 2 * limit + 1;
    }

    private static boolean calm(byte[] s, int p, int step, int interior) {
        return difference(s, p - 4 * step, p - 3 * step) <= interior
                && difference(s, p - 3 * step, p - 2 * step) <= interior
                && difference(s, p - 2 * step, p - step) <= interior
                && difference(s, p + 3 * step, p + 2 * step) <= interior
                && difference(s, p + 2 * step, p + step) <= interior
                && difference(s, p + step, p) <= interior;
    }

    private static void changeTwo(byte[] s, int p, int step) {
        int a = 3 * ((s[p] & 0xFF) - (s[p - step] & 0xFF)) + signed(u(s, p - 2 * step) - u(s, p + step));
        add(s, p - step, fine(a + 3));
        add(s, p, -fine(a + 4));
    }

    private static void changeFour(byte[] s, int p, int step) {
        int a = 3 * (u(s, p) - u(s, p - step));
        int up = fine(a + 4);
        int half = up + 1 >> 1;
        add(s, p - 2 * step, half);
        add(s, p - step, fine(a + 3));
        add(s, p, -up);
        add(s, p + step, -half);
    }

    private static void changeSix(byte[] s, int p, int step) {
        int a = signed(3 * (u(s, p) - u(s, p - step)) + signed(u(s, p - 2 * step) - u(s, p + step)));
        int most = 27 * a + 63 >> 7;
        int middle = 18 * a + 63 >> 7;
        int least = 9 * a + 63 >> 7;
        add(s, p - 3 * step, least);
        add(s, p - 2 * step, middle);
        add(s, p - step, most);
        add(s, p, -most);
        add(s, p + step, -middle);
        add(s, p + 2 * step, -least);
    }

    private static int u(byte[] s, int at) {
        return s[at] & 0xFF;
    }

    private static int difference(byte[] s, int a, int b) {
        return Math.abs(u(s, a) - u(s, b));
    }

    private static int signed(int value) {
        return Math.max(-128, Math.min(127, value));
    }

    /** An eighth, as 5 bits with a sign. */
    private static int fine(int value) {
        return Math.max(-16, Math.min(15, value >> 3));
    }

    private static void add(byte[] s, int at, int change) {
        s[at] = (byte) Math.max(0, Math.min(255, u(s, at) + change));
    }
}
