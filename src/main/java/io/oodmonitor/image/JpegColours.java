package io.oodmonitor.image;

import java.util.List;

/** What the components of a JPEG file mean, and how they become RGB. */
enum JpegColours {
    GREY, RGB, YCC, CMYK, YCCK;

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

    RgbImage toRgb(List<JpegComponent> components, int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        JpegUpsampler[] upsamplers = components.stream().map(JpegUpsampler::of).toArray(JpegUpsampler[]::new);
        for (int y = 0; y < height; y++) {
            for (JpegUpsampler upsampler : upsamplers) {
                upsampler.moveTo(y);
            }
            convert(upsamplers, width, pixels, y * width * 3);
        }
        return new RgbImage(height, width, pixels);
    }

    private void convert(JpegUpsampler[] from, int width, byte[] to, int at) {
        switch (this) {
            case GREY -> grey(from[0], width, to, at);
            case RGB -> rgb(from, width, to, at);
            case YCC -> ycc(from, width, to, at);
            case CMYK -> cmyk(from, width, to, at);
            case YCCK -> {
                ycc(from, width, to, at);
                for (int i = at; i < at + 3 * width; i++) {
                    to[i] = (byte) ~to[i];
                }
                blacken(from[3], width, to, at);
            }
        }
    }

    private static void grey(JpegUpsampler from, int width, byte[] to, int at) {
        byte[] grey = from.array();
        for (int x = 0, i = from.start(), o = at; x < width; x++, o += 3) {
            byte value = grey[i++];
            to[o] = value;
            to[o + 1] = value;
            to[o + 2] = value;
        }
    }

    private static void rgb(JpegUpsampler[] from, int width, byte[] to, int at) {
        for (int channel = 0; channel < 3; channel++) {
            byte[] samples = from[channel].array();
            for (int x = 0, i = from[channel].start(), o = at + channel; x < width; x++, o += 3) {
                to[o] = samples[i++];
            }
        }
    }

    private static void ycc(JpegUpsampler[] from, int width, byte[] to, int at) {
        byte[] luma = from[0].array();
        byte[] blue = from[1].array();
        byte[] red = from[2].array();
        int l = from[0].start();
        int b = from[1].start();
        int r = from[2].start();
        for (int x = 0, o = at; x < width; x++, o += 3) {
            int y = luma[l + x] & 0xFF;
            int cb = blue[b + x] & 0xFF;
            int cr = red[r + x] & 0xFF;
            to[o] = clamp(y + CR_TO_RED[cr]);
            to[o + 1] = clamp(y + (CB_TO_GREEN[cb] + CR_TO_GREEN[cr] >> SHIFT));
            to[o + 2] = clamp(y + CB_TO_BLUE[cb]);
        }
    }

    /** Adobe's files hold 255 - ink. */
    private static void cmyk(JpegUpsampler[] from, int width, byte[] to, int at) {
        rgb(from, width, to, at);
        blacken(from[3], width, to, at);
    }

    /**
     * From red, green and blue without black ink to those with it: white minus black, less the share of each other ink
     * in it (Pillow's Convert.c, cmyk2rgb).
     */
    private static void blacken(JpegUpsampler key, int width, byte[] to, int at) {
        byte[] black = key.array();
        for (int x = 0, i = key.start(), o = at; x < width; x++) {
            int white = black[i++] & 0xFF;
            for (int end = o + 3; o < end; o++) {
                int product = (255 - (to[o] & 0xFF)) * white + 128;
                to[o] = clamp(white - ((product >> 8) + product >> 8));
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
