package io.oodmonitor.image;

/**
 * From the planes of a VP8 frame to RGB, as libwebp does it by default: chroma is interpolated with weights of 9, 3, 3
 * and 1 sixteenths (twice rounded down, as there), colours are BT.601 of limited range in 14-bit fixed point.
 */
final class Vp8Colours {
    private Vp8Colours() {
    }

    static RgbImage toRgb(Vp8Plane[] planes, int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        byte[] luma = planes[0].samples;
        byte[] u = new byte[width];
        byte[] v = new byte[width];
        int chromaRows = height + 1 >> 1;
        for (int y = 0; y < height; y++) {
            int near = y >> 1;
            int far = Math.max(0, Math.min(chromaRows - 1, near + ((y & 1) == 0 ? -1 : 1)));
            interpolate(planes[1], near, far, u);
            interpolate(planes[2], near, far, v);
            convert(luma, planes[0].at(0, y), u, v, pixels, y * width * 3);
        }
        return new RgbImage(height, width, pixels);
    }

    private static void interpolate(Vp8Plane plane, int nearRow, int farRow, byte[] to) {
        byte[] s = plane.samples;
        int near = plane.at(0, nearRow);
        int far = plane.at(0, farRow);
        int width = to.length;
        to[0] = (byte) (3 * (s[near] & 0xFF) + (s[far] & 0xFF) + 2 >> 2);
        for (int x = 1; x <= width - 1 >> 1; x++) {
            int nearLeft = s[near + x - 1] & 0xFF;
            int nearRight = s[near + x] & 0xFF;
            int farLeft = s[far + x - 1] & 0xFF;
            int farRight = s[far + x] & 0xFF;
            int sum = nearLeft + nearRight + farLeft + farRight + 8;
            int forLeft = sum + 2 * (nearRight + farLeft) >> 3;
            int forRight = sum + 2 * (nearLeft + farRight) >> 3;
            to[2 * x - 1] = (byte) (forLeft + nearLeft >> 1);
            to[2 * x] = (byte) (forRight + nearRight >> 1);
        }
        if ((width & 1) == 0) {
            int last = (width >> 1) - 1;
            to[width - 1] = (byte) (3 * (s[near + last] & 0xFF) + (s[far + last] & 0xFF) + 2 >> 2);
        }
    }

    private static void convert(byte[] luma, int at, byte[] us, byte[] vs, byte[] to, int o) {
        for (int x = 0, i = o; x < us.length; x++, i += 3) {
            int y = (luma[at + x] & 0xFF) * 19_077 >> 8;
            int u = us[x] & 0xFF;
            int v = vs[x] & 0xFF;
            to[i] = clip(y + (v * 26_149 >> 8) - 14_234);
            to[i + 1] = clip(y - (u * 6_419 >> 8) - (v * 13_320 >> 8) + 8_708);
            to[i + 2] = clip(y + (u * 33_050 >> 8) - 17_685);
        }
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value >> 6));
    }
}
