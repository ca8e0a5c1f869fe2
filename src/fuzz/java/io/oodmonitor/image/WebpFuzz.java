package io.oodmonitor.image;

/** WebP files: an image within the limits, or an {@link ImageRejectedException}. */
public final class WebpFuzz {

    private WebpFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        ImageTarget.decode(input);
    }
}
