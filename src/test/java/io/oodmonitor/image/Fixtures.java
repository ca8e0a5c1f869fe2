package io.oodmonitor.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The files of src/test/resources/images, which its make.py has made with Pillow. */
final class Fixtures {
    static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    private Fixtures() {
    }

    /** Names of all files with the pixels that Pillow sees in them. */
    static List<String> names(String prefix) {
        URL folder = Fixtures.class.getResource("/images");
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && Files.exists(Path.of(path(name) + ".expected.png")))
                    .sorted().toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static RgbImage decode(String name) throws ImageRejectedException {
        return DECODER.decode(ByteBuffer.wrap(bytes(name)));
    }

    /** What Pillow makes of a file, read with the Java runtime's own PNG reader. */
    static RgbImage expected(String name) {
        try {
            ImageIO.setUseCache(false);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes(name + ".expected.png")));
            int[] colours = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            byte[] pixels = new byte[colours.length * 3];
            for (int i = 0; i < colours.length; i++) {
                pixels[3 * i] = (byte) (colours[i] >> 16);
                pixels[3 * i + 1] = (byte) (colours[i] >> 8);
                pixels[3 * i + 2] = (byte) colours[i];
            }
            return new RgbImage(image.getHeight(), image.getWidth(), pixels);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(Fixtures.class.getResource("/images").toURI()).resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
