package io.oodmonitor.image;

/** Reads WebP files (RFC 9649), lossy and lossless; of an animation the first frame, if it fills the canvas. */
final class WebpDecoder {
    private WebpDecoder() {
    }

    static RgbImage decode(Bytes file, ImageLimits limits) throws ImageRejectedException {
        WebpFile webp = WebpFile.read(file, limits);
        RgbImage stored = webp.lossless()
                ? Vp8lDecoder.decode(webp.bitstream(), webp.height(), webp.width())
                : Vp8Decoder.decode(webp.bitstream(), webp.height(), webp.width());
        return webp.orientation().apply(stored);
    }
}
