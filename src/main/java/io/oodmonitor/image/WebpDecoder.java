package io.oodmonitor.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

final class WebpDecoder {
    private WebpDecoder() {
    }

    static RgbImage decode(Bytes file, ImageLimits limits) throws ImageRejectedException {
        byte[] b = java.util.Arrays.copyOfRange(file.array(), file.from(), file.from() + file.length());
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(b)), true, true);
            BufferedImage i = reader.read(0);
            byte[] out = new byte[i.getWidth() * i.getHeight() * 3];
            for (int y = 0, o = 0; y < i.getHeight(); y++) {
                for (int x = 0; x < i.getWidth(); x++) {
                    int v = i.getRGB(x, y);
                    out[o++] = (byte) (v >> 16);
                    out[o++] = (byte) (v >> 8);
                    out[o++] = (byte) v;
                }
            }
            return new RgbImage(i.getHeight(), i.getWidth(), out);
        } catch (IOException e) {
            throw ImageRejectedException.corrupt("" + e);
        }
    }
}
