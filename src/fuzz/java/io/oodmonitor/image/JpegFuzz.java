package io.oodmonitor.image;

/** JPEG files: an image within the limits, or an {@link ImageRejectedException}. */
public final class JpegFuzz {

    private JpegFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        ImageTarget.decode(input);
    }
}
