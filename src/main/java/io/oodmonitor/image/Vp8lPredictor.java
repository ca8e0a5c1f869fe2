package io.oodmonitor.image;

/** The fourteen ways in which VP8L predicts a pixel from those above and to the left (RFC 9649, 3.5.1). */
record Vp8lPredictor(int width, int bits, int[] squares) implements Vp8lTransform {
    private static final int BLACK = 0xFF000000;

    @Override
    public int[] undo(int[] pixels) {
        int squaresAcross = Vp8lTransform.squares(width, bits);
        pixels[0] = add(pixels[0], BLACK);
        for (int i = 1; i < pixels.length; i++) {
            int x = i % width;
            int prediction;
            if (i < width) {
                prediction = pixels[i - 1];
            } else if (x == 0) {
                prediction = pixels[i - width];
            } else {
                int mode = squares[(i / width >> bits) * squaresAcross + (x >> bits)] >> 8 & 15;
                // Beyond the right edge is the first pixel of this row, as memory has it.
                prediction = predict(mode, pixels[i - 1], pixels[i - width], pixels[i - width - 1],
                        pixels[i - width + 1]);
            }
            pixels[i] = add(pixels[i], prediction);
        }
        return pixels;
    }

    private static int predict(int mode, int left, int top, int topLeft, int topRight) {
        return switch (mode) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> average(average(left, topRight), top);
            case 6 -> average(left, topLeft);
            case 7 -> average(left, top);
            case 8 -> average(topLeft, top);
            case 9 -> average(top, topRight);
            case 10 -> average(average(left, topLeft), average(top, topRight));
            case 11 -> select(left, top, topLeft);
            case 12 -> plane(left, top, topLeft);
            case 13 -> halfPlane(average(left, top), topLeft);
            default -> BLACK;
        };
    }

    /** Channel by channel, modulo 256. */
    private static int add(int a, int b) {
        return (a & 0xFF00FF00) + (b & 0xFF00FF00) & 0xFF00FF00 | (a & 0x00FF00FF) + (b & 0x00FF00FF) & 0x00FF00FF;
    }

    /** Channel by channel, rounded down: what both have, and half of what only one has. */
    private static int average(int a, int b) {
        return (a & b) + (((a ^ b) & 0xFEFEFEFE) >>> 1);
    }

    private static int select(int left, int top, int topLeft) {
        int fromLeft = 0;
        int fromTop = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int corner = topLeft >>> shift & 0xFF;
            fromLeft += Math.abs((top >>> shift & 0xFF) - corner);
            fromTop += Math.abs((left >>> shift & 0xFF) - corner);
        }
        return fromLeft < fromTop ? left : top;
    }

    private static int plane(int left, int top, int topLeft) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= clamp((left >>> shift & 0xFF) + (top >>> shift & 0xFF) - (topLeft >>> shift & 0xFF)) << shift;
        }
        return result;
    }

    private static int halfPlane(int average, int topLeft) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int a = average >>> shift & 0xFF;
            result |= clamp(a + (a - (topLeft >>> shift & 0xFF)) / 2) << shift;
        }
        return result;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
