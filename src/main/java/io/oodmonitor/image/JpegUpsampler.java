package io.oodmonitor.image;

import java.util.Arrays;

/**
 * Rows of one component at the image's full resolution, exactly as libjpeg-turbo's default ("fancy", triangle)
 * upsampling makes them (jdsample.c): each new sample is 3/4 of the nearer and 1/4 of the further old one, per
 * direction. Where a component is more than halved, or under three samples wide, samples are repeated instead.
 * Not thread-safe.
 */
abstract class JpegUpsampler {
    final JpegComponent from;
    private byte[] array;
    private int start;

    private JpegUpsampler(JpegComponent from) {
        this.from = from;
    }

    static JpegUpsampler of(JpegComponent component) {
        int across = component.frame.mostAcross() / component.across;
        int down = component.frame.mostDown() / component.down;
        if (across == 1 && down == 1) {
            return new Whole(component);
        }
        if (across == 1 && down == 2) {
            return new HalfHeight(component);
        }
        if (across == 2 && down == 1 && component.width > 2) {
            return new HalfWidth(component);
        }
        if (across == 2 && down == 2 && component.width > 2) {
            return new HalfBoth(component);
        }
        return new Repeated(component, across, down);
    }

    /** Makes row y of the image the one that {@link #array} holds from {@link #start} on. */
    abstract void moveTo(int y);

    byte[] array() {
        return array;
    }

    int start() {
        return start;
    }

    void give(byte[] row, int at) {
        array = row;
        start = at;
    }

    /** Where row {@code r} of the component starts; the first and the last are repeated beyond the edges. */
    int row(int r) {
        return Math.max(0, Math.min(from.height - 1, r)) * from.stride;
    }

    private static final class Whole extends JpegUpsampler {
        Whole(JpegComponent from) {
            super(from);
        }

        @Override
        void moveTo(int y) {
            give(from.samples, row(y));
        }
    }

    private static final class Repeated extends JpegUpsampler {
        private final int across;
        private final int down;
        private final byte[] out;

        Repeated(JpegComponent from, int across, int down) {
            super(from);
            this.across = across;
            this.down = down;
            this.out = new byte[from.width * across];
        }

        @Override
        void moveTo(int y) {
            int in = row(y / down);
            for (int x = 0; x < from.width; x++) {
                Arrays.fill(out, x * across, (x + 1) * across, from.samples[in + x]);
            }
            give(out, 0);
        }
    }

    private static final class HalfHeight extends JpegUpsampler {
        private final byte[] out;

        HalfHeight(JpegComponent from) {
            super(from);
            this.out = new byte[from.width];
        }

        @Override
        void moveTo(int y) {
            boolean upper = (y & 1) == 0;
            int near = row(y >> 1);
            int far = row((y >> 1) + (upper ? -1 : 1));
            int bias = upper ? 1 : 2;
            byte[] in = from.samples;
            for (int x = 0; x < out.length; x++) {
                out[x] = (byte) ((in[near + x] & 0xFF) * 3 + (in[far + x] & 0xFF) + bias >> 2);
            }
            give(out, 0);
        }
    }

    private static final class HalfWidth extends JpegUpsampler {
        private final byte[] out;

        HalfWidth(JpegComponent from) {
            super(from);
            this.out = new byte[from.width * 2];
        }

        @Override
        void moveTo(int y) {
            byte[] in = from.samples;
            int at = row(y);
            int last = from.width - 1;
            int before = in[at] & 0xFF;
            int here = before;
            for (int x = 0; x < last; x++) {
                int after = in[at + x + 1] & 0xFF;
                out[2 * x] = (byte) (here * 3 + before + 1 >> 2);
                out[2 * x + 1] = (byte) (here * 3 + after + 2 >> 2);
                before = here;
                here = after;
            }
            out[2 * last] = (byte) (here * 3 + before + 1 >> 2);
            out[2 * last + 1] = (byte) here;
            give(out, 0);
        }
    }

    private static final class HalfBoth extends JpegUpsampler {
        private final byte[] out;

        HalfBoth(JpegComponent from) {
            super(from);
            this.out = new byte[from.width * 2];
        }

        @Override
        void moveTo(int y) {
            byte[] in = from.samples;
            int near = row(y >> 1);
            int far = row((y >> 1) + ((y & 1) == 0 ? -1 : 1));
            int last = from.width - 1;
            int before = (in[near] & 0xFF) * 3 + (in[far] & 0xFF);
            int here = before;
            for (int x = 0; x < last; x++) {
                int after = (in[near + x + 1] & 0xFF) * 3 + (in[far + x + 1] & 0xFF);
                out[2 * x] = (byte) (here * 3 + before + 8 >> 4);
                out[2 * x + 1] = (byte) (here * 3 + after + 7 >> 4);
                before = here;
                here = after;
            }
            out[2 * last] = (byte) (here * 3 + before + 8 >> 4);
            out[2 * last + 1] = (byte) (here * 4 + 7 >> 4);
            give(out, 0);
        }
    }
}
