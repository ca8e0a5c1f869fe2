package io.oodmonitor.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG by the JDK's own codec, whatever other codecs are on the class path. Thread-safe. */
final class Jpeg {
    private static final ImageWriterSpi WRITER = ours(ImageWriterSpi.class);
    private static final ImageReaderSpi READER = ours(ImageReaderSpi.class);

    private Jpeg() {
    }

    private static <T extends ImageReaderWriterSpi> T ours(Class<T> kind) {
        Iterator<T> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
        while (all.hasNext()) {
            T one = all.next();
            if (one.getClass().getModule() == ImageIO.class.getModule()
                    && List.of(one.getFormatNames()).contains("jpeg")) {
                return one;
            }
        }
        throw new IllegalStateException("this Java runtime has no JPEG codec in java.desktop");
    }

    static byte[] encode(byte[] rgb, int quality) {
        BufferedImage image = new BufferedImage(Render.SIDE, Render.SIDE, BufferedImage.TYPE_INT_RGB);
        int[] packed = new int[Render.SIDE * Render.SIDE];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF;
        }
        image.setRGB(0, 0, Render.SIDE, Render.SIDE, packed, 0, Render.SIDE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = WRITER.createWriterInstance();
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
            writer.dispose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The levels that a viewer sees, {@link Render#SIDE} x {@link Render#SIDE} x 3. */
    static byte[] decode(byte[] jpeg) {
        BufferedImage image;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            ImageReader reader = READER.createReaderInstance();
            reader.setInput(in, true, true);
            image = reader.read(0);
            reader.dispose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] rgb = new byte[Render.SIDE * Render.SIDE * 3];
        for (int y = 0; y < Render.SIDE; y++) {
            for (int x = 0; x < Render.SIDE; x++) {
                int packed = image.getRGB(x, y);
                int at = (y * Render.SIDE + x) * 3;
                rgb[at] = (byte) (packed >> 16);
                rgb[at + 1] = (byte) (packed >> 8);
                rgb[at + 2] = (byte) packed;
            }
        }
        return rgb;
    }
}
