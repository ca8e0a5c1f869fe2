package io.oodmonitor.image;

/** BMP files: an image within the limits, or an {@link ImageRejectedException}. */
public final class BmpFuzz {

    private BmpFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        ImageTarget.decode(input);
    }
}
