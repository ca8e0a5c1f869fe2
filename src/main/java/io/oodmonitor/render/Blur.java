package io.oodmonitor.render;

/** Blurs of one square plane; its edges are continued by their last value. */
final class Blur {
    private Blur() {
    }

    /** Two passes of a running mean over 2 radius + 1 values in each direction. */
    static void soft(float[] plane, int side, int radius) {
        float[] other = new float[plane.length];
        for (int pass = 0; pass < 2; pass++) {
            meanOfRows(plane, other, side, radius);
            meanOfColumns(other, plane, side, radius);
        }
    }

    private static void meanOfRows(float[] from, float[] to, int side, int radius) {
        float share = 1f / (2 * radius + 1);
        for (int start = 0; start < from.length; start += side) {
            float sum = from[start] * radius;
            for (int i = 0; i <= radius; i++) {
                sum += from[start + i];
            }
            for (int i = 0; i < side; i++) {
                to[start + i] = sum * share;
                sum += from[start + Math.min(i + radius + 1, side - 1)] - from[start + Math.max(i - radius, 0)];
            }
        }
    }

    /** Column sums side by side, row after row, so that memory is read in order. */
    private static void meanOfColumns(float[] from, float[] to, int side, int radius) {
        float share = 1f / (2 * radius + 1);
        float[] sums = new float[side];
        for (int i = -radius; i <= radius; i++) {
            int row = Math.max(i, 0) * side;
            for (int x = 0; x < side; x++) {
                sums[x] += from[row + x];
            }
        }
        for (int y = 0; y < side; y++) {
            int enters = Math.min(y + radius + 1, side - 1) * side;
            int leaves = Math.max(y - radius, 0) * side;
            for (int x = 0; x < side; x++) {
                to[y * side + x] = sums[x] * share;
                sums[x] += from[enters + x] - from[leaves + x];
            }
        }
    }

    /** A Gaussian of the given standard deviation, in pixels. */
    static void defocus(float[] plane, int side, double sigma) {
        int reach = (int) Math.ceil(2.5 * sigma);
        float[] weights = new float[2 * reach + 1];
        float total = 0;
        for (int i = -reach; i <= reach; i++) {
            weights[i + reach] = (float) StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            total += weights[i + reach];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= total;
        }
        float[] other = new float[plane.length];
        weigh(plane, other, side, weights, 1, side);
        weigh(other, plane, side, weights, side, 1);
    }

    private static void weigh(float[] from, float[] to, int side, float[] weights, int step, int line) {
        int reach = weights.length / 2;
        for (int k = 0; k < side; k++) {
            for (int i = 0; i < side; i++) {
                float sum = 0;
                for (int j = -reach; j <= reach; j++) {
                    sum += weights[j + reach] * from[k * line + Math.min(Math.max(i + j, 0), side - 1) * step];
                }
                to[k * line + i * step] = sum;
            }
        }
    }

    /** The mean along a line of the given length through each pixel, in pixels. */
    static void motion(float[] plane, int side, double length, double angle) {
        int taps = Math.max(2, 1 + (int) Math.ceil(length));
        float[] from = plane.clone();
        double dx = StrictMath.cos(angle) * length / (taps - 1);
        double dy = StrictMath.sin(angle) * length / (taps - 1);
        java.util.Arrays.fill(plane, 0);
        for (int k = 0; k < taps; k++) {
            double shiftX = (k - (taps - 1) / 2.0) * dx;
            double shiftY = (k - (taps - 1) / 2.0) * dy;
            int wholeX = (int) Math.floor(shiftX);
            int wholeY = (int) Math.floor(shiftY);
            float fx = (float) (shiftX - wholeX);
            float fy = (float) (shiftY - wholeY);
            for (int y = 0; y < side; y++) {
                int y0 = inside(y + wholeY, side) * side;
                int y1 = inside(y + wholeY + 1, side) * side;
                for (int x = 0; x < side; x++) {
                    int x0 = inside(x + wholeX, side);
                    int x1 = inside(x + wholeX + 1, side);
                    plane[y * side + x] += ((from[y0 + x0] * (1 - fx) + from[y0 + x1] * fx) * (1 - fy)
                            + (from[y1 + x0] * (1 - fx) + from[y1 + x1] * fx) * fy) / taps;
                }
            }
        }
    }

    private static int inside(int at, int side) {
        return Math.min(Math.max(at, 0), side - 1);
    }
}
