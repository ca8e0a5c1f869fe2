package io.oodmonitor.image;

/** What an encoder did to the pixels of a VP8L image, to be undone (RFC 9649, 3.5). Pixels are ARGB. */
interface Vp8lTransform {
    /** The image before the transform; {@code pixels} may be changed. */
    int[] undo(int[] pixels);

    /** Blue and red were stored less green. */
    static Vp8lTransform subtractGreen() {
        return pixels -> {
            for (int i = 0; i < pixels.length; i++) {
                int green = pixels[i] >> 8 & 0xFF;
                pixels[i] = pixels[i] & 0xFF00FF00 | (pixels[i] & 0x00FF00FF) + (green << 16 | green) & 0x00FF00FF;
            }
            return pixels;
        };
    }

    /** Red and blue were stored less what green and red say about them, by squares of 2^bits pixels. */
    static Vp8lTransform colour(int width, int bits, int[] squares) {
        int squaresAcross = squares(width, bits);
        return pixels -> {
            for (int i = 0; i < pixels.length; i++) {
                int x = i % width;
                int square = squares[(i / width >> bits) * squaresAcross + (x >> bits)];
                int pixel = pixels[i];
                int green = (byte) (pixel >> 8);
                int red = (pixel >> 16) + ((byte) square * green >> 5) & 0xFF;
                int change = ((byte) (square >> 8) * green >> 5) + ((byte) (square >> 16) * (byte) red >> 5);
                int blue = pixel + change & 0xFF;
                pixels[i] = pixel & 0xFF00FF00 | red << 16 | blue;
            }
            return pixels;
        };
    }

    /** Pixels are numbers of colours, several to a stored pixel where there are few colours. */
    static Vp8lTransform palette(int width, int height, int[] colours) {
        int widthBits = paletteBits(colours.length);
        int perPixel = 8 >> widthBits;
        int storedWidth = squares(width, widthBits);
        return stored -> {
            int[] pixels = widthBits == 0 ? stored : new int[width * height];
            for (int y = 0, i = 0; y < height; y++) {
                for (int x = 0; x < width; x++, i++) {
                    int packed = stored[y * storedWidth + (x >> widthBits)] >> 8 & 0xFF;
                    int within = (x & (1 << widthBits) - 1) * perPixel;
                    int index = packed >> within & (1 << perPixel) - 1;
                    // RFC 9649, 3.5.4: what the palette does not have is transparent black.
                    pixels[i] = index < colours.length ? colours[index] : 0;
                }
            }
            return pixels;
        };
    }

    /** Pixels were stored less their prediction from the neighbours, by squares of 2^bits pixels. */
    static Vp8lTransform predictor(int width, int bits, int[] squares) {
        return new Vp8lPredictor(width, bits, squares);
    }

    /** The logarithm of how many pixels are stored in one. */
    static int paletteBits(int colours) {
        return colours <= 2 ? 3 : colours <= 4 ? 2 : colours <= 16 ? 1 : 0;
    }

    /** How many squares of 2^bits pixels cover a side. */
    static int squares(int side, int bits) {
        return side + (1 << bits) - 1 >> bits;
    }
}
