package io.oodmonitor.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Image files of a scene with soft and sharp edges and a sensor's noise, the same on every machine. */
final class DrawnFiles {
    private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";
    private static final float QUALITY = 0.9f;

    private DrawnFiles() {
    }

    static byte[] png(int height, int width) throws IOException {
        return written(scene(height, width), "png");
    }

    static byte[] bmp(int height, int width) throws IOException {
        return written(scene(height, width), "bmp");
    }

    /** @param sampling luma samples to a chroma sample, across and down alike: 1 is 4:4:4, 2 is 4:2:0 */
    static byte[] jpeg(int height, int width, int sampling, boolean progressive) throws IOException {
        BufferedImage scene = scene(height, width);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(QUALITY);
        settings.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(scene),
                settings);
        Element tree = (Element) metadata.getAsTree(JPEG_METADATA);
        NodeList components = tree.getElementsByTagName("componentSpec");
        Element luma = (Element) components.item(0);
        luma.setAttribute("HsamplingFactor", Integer.toString(sampling));
        luma.setAttribute("VsamplingFactor", Integer.toString(sampling));
        metadata.setFromTree(JPEG_METADATA, tree);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.setOutput(ImageIO.createImageOutputStream(out));
        writer.write(null, new IIOImage(scene, null, metadata), settings);
        writer.dispose();
        return out.toByteArray();
    }

    static RgbImage pixels(int height, int width) {
        BufferedImage scene = scene(height, width);
        int[] colours = scene.getRGB(0, 0, width, height, null, 0, width);
        byte[] pixels = new byte[colours.length * 3];
        for (int i = 0; i < colours.length; i++) {
            pixels[3 * i] = (byte) (colours[i] >> 16);
            pixels[3 * i + 1] = (byte) (colours[i] >> 8);
            pixels[3 * i + 2] = (byte) colours[i];
        }
        return new RgbImage(height, width, pixels);
    }

    private static BufferedImage scene(int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random noise = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = 500.0 * x / width;
                double v = 375.0 * y / height;
                boolean disc = Math.hypot(u - 200, v - 180) < 90;
                double ripple = 40 * Math.sin(u * v / 900) + (disc ? 60 : 0);
                int red = sample(120 + ripple + 60 * Math.sin(u / 37), noise);
                int green = sample(110 + ripple * 0.7 + 50 * Math.cos(v / 23), noise);
                int blue = sample(100 - ripple * 0.4 + 40 * Math.sin((u + v) / 51), noise);
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static int sample(double level, Random noise) {
        return (int) Math.max(0, Math.min(255, level + 4 * noise.nextGaussian()));
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }
}
