package io.oodmonitor.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** What the components of a JPEG file mean, and how they become RGB. */
enum JpegColours {
    GREY, RGB, YCC, CMYK, YCCK;

    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SHIFT = 16;
    private static final int HALF = 1 << SHIFT - 1;
    /** By chroma sample: what it adds to red, green and blue (ITU-R BT.601, rounded as in libjpeg's jdcolor.c). */
    private static final int[] CR_TO_RED = new int[256];
    private static final int[] CR_TO_GREEN = new int[256];
    private static final int[] CB_TO_GREEN = new int[256];
    private static final int[] CB_TO_BLUE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int x = i - 128;
            CR_TO_RED[i] = fixed(1.40200) * x + HALF >> SHIFT;
            CB_TO_BLUE[i] = fixed(1.77200) * x + HALF >> SHIFT;
            CR_TO_GREEN[i] = -fixed(0.71414) * x;
            CB_TO_GREEN[i] = -fixed(0.34414) * x + HALF;
        }
    }

    /** libjpeg's rules (jdapimin.c, default_decompress_parms). */
    static JpegColours of(List<JpegComponent> components, boolean jfif, int adobeTransform) {
        if (components.size() == 1) {
            return GREY;
        }
        if (components.size() == 4) {
            return adobeTransform <= 0 ? CMYK : YCCK;
        }
        boolean named = components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
        return !jfif && (adobeTransform == 0 || adobeTransform < 0 && named) ? RGB : YCC;
    }

    /** Writes columns [from, to) of a row that starts at index 0. */
    void convert(JpegUpsampler[] components, int from, int to, byte[] row) {
        switch (this) {
            case GREY -> grey(components[0], from, to, row);
            case RGB -> rgb(components, from, to, row);
            case YCC -> ycc(components, from, to, row);
            case CMYK -> {
                rgb(components, from, to, row);
                blacken(components[3], from, to, row);
            }
            case YCCK -> {
                ycc(components, from, to, row);
                for (int i = 3 * from; i < 3 * to; i++) {
                    row[i] = (byte) ~row[i];
                }
                blacken(components[3], from, to, row);
            }
        }
    }

    private static void grey(JpegUpsampler component, int from, int to, byte[] row) {
        byte[] grey = component.array();
        int start = component.start();
        for (int x = from, o = 3 * from; x < to; x++, o += 3) {
            byte value = grey[start + x];
            row[o] = value;
            row[o + 1] = value;
            row[o + 2] = value;
        }
    }

    private static void rgb(JpegUpsampler[] components, int from, int to, byte[] row) {
        for (int channel = 0; channel < 3; channel++) {
            byte[] samples = components[channel].array();
            int start = components[channel].start();
            for (int x = from, o = 3 * from + channel; x < to; x++, o += 3) {
                row[o] = samples[start + x];
            }
        }
    }

    private static void ycc(JpegUpsampler[] components, int from, int to, byte[] row) {
        byte[] luma = components[0].array();
        byte[] blue = components[1].array();
        byte[] red = components[2].array();
        int l = components[0].start();
        int b = components[1].start();
        int r = components[2].start();
        int last = to - 1;
        // Each pixel is written with a fourth byte, which the next one overwrites.
        for (int x = from; x < last; x++) {
            FOUR_BYTES.set(row, 3 * x, ycc(luma[l + x] & 0xFF, blue[b + x] & 0xFF, red[r + x] & 0xFF));
        }
        int pixel = ycc(luma[l + last] & 0xFF, blue[b + last] & 0xFF, red[r + last] & 0xFF);
        row[3 * last] = (byte) pixel;
        row[3 * last + 1] = (byte) (pixel >> 8);
        row[3 * last + 2] = (byte) (pixel >> 16);
    }

    /** Red in the lowest byte, then green, then blue. */
    private static int ycc(int y, int cb, int cr) {
        int red = y + CR_TO_RED[cr];
        int green = y + (CB_TO_GREEN[cb] + CR_TO_GREEN[cr] >> SHIFT);
        int blue = y + CB_TO_BLUE[cb];
        if ((red | green | blue) >>> 8 != 0) {
            red = Math.max(0, Math.min(255, red));
            green = Math.max(0, Math.min(255, green));
            blue = Math.max(0, Math.min(255, blue));
        }
        return red | green << 8 | blue << 16;
    }

    /**
     * From red, green and blue without black ink to those with it: white minus black, less the share of each other ink
     * in it (Pillow's Convert.c, cmyk2rgb). Adobe's files hold 255 - ink.
     */
    private static void blacken(JpegUpsampler key, int from, int to, byte[] row) {
        byte[] black = key.array();
        int start = key.start();
        for (int x = from, o = 3 * from; x < to; x++) {
            int white = black[start + x] & 0xFF;
            for (int end = o + 3; o < end; o++) {
                int product = (255 - (row[o] & 0xFF)) * white + 128;
                row[o] = clamp(white - ((product >> 8) + product >> 8));
            }
        }
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << SHIFT) + 0.5);
    }
}
