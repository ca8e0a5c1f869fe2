package io.oodmonitor.scoring;

import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.RgbImage;

/**
 * An image still to be decoded. Read once, on a decode worker; what it throws is what the image's future ends with.
 */
@FunctionalInterface
public interface ImageSource {

    /** The image as the decoder, which frames it, gives it: of the network's height and width. */
    RgbImage read(ImageDecoder decoder) throws Exception;
}
