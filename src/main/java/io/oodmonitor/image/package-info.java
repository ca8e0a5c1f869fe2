/**
 * Bytes to pixels: what a JPEG, PNG, BMP or WebP file shows, and how an image of any size becomes the size that a
 * network was trained on.
 *
 * <p>The reference is what a training pipeline saw, which nearly always is Pillow: {@code Image.open(f)},
 * {@code ImageOps.exif_transpose}, {@code convert("RGB")}, {@code resize}. JPEG (ITU-T T.81), PNG (W3C Recommendation),
 * WebP (RFC 9649, RFC 6386) and BMP are decoded by own code, the same on every Java runtime, and give the bytes that
 * Pillow gives with libjpeg-turbo and libwebp at their default settings. So:
 * <ul>
 * <li>Alpha is dropped, not blended; colour profiles are not applied.
 * <li>An Exif orientation is applied.
 * <li>CMYK JPEGs are taken as Adobe writes them (inverted) and converted without a profile.
 * <li>16-bit samples keep their high byte. For grey 16-bit PNGs this is where Pillow is left behind: its
 * {@code convert("RGB")} clips them at 255, which shows white where every photo viewer shows the image.
 * </ul>
 *
 * <p>A file is hostile until proven otherwise: sizes are read from its header by own code and checked against
 * {@link io.oodmonitor.image.ImageLimits} before anything is allocated, and whatever is wrong with it ends in one
 * {@link io.oodmonitor.image.ImageRejectedException}.
 */
package io.oodmonitor.image;
