package io.oodmonitor.render;

/**
 * One picture as it leaves the camera. Compares by identity of its pixels, as arrays do.
 *
 * @param rgb     {@link #SIDE} x {@link #SIDE} x 3 levels, row by row, before compression
 * @param quality how finely {@link #jpeg()} keeps them, percent
 */
public record Render(byte[] rgb, int quality) {

    /** Width and height of every picture, in pixels. */
    public static final int SIDE = 64;

    public Render {
        if (rgb.length != SIDE * SIDE * 3) {
            throw new IllegalArgumentException(
                    "rgb must hold " + SIDE * SIDE * 3 + " levels, but holds " + rgb.length);
        }
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be from 1 to 100, but is " + quality);
        }
    }

    /** The picture as a baseline JPEG: what travels on the wire. */
    public byte[] jpeg() {
        return Jpeg.encode(rgb, quality);
    }
}
