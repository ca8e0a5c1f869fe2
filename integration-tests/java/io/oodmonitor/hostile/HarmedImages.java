package io.oodmonitor.hostile;

import io.oodmonitor.render.PartClass;
import io.oodmonitor.render.PartRenderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Image files, and harm done to them; drawn parts as JPEG, PNG and BMP, and the decoder's own test files. */
final class HarmedImages {

    private static final Path FIXTURES = Path.of("src/test/resources/images");
    private static final int DRAWN = 40;

    private final List<byte[]> sound = new ArrayList<>();
    private final List<byte[]> files = new ArrayList<>();
    private final Random random;

    HarmedImages(Random random) throws IOException {
        this.random = random;
        PartRenderer renderer = new PartRenderer();
        for (int i = 0; i < DRAWN; i++) {
            byte[] jpeg = renderer.render(PartClass.values()[i % PartClass.values().length], i).jpeg();
            sound.add(jpeg);
            sound.add(encoded(jpeg, "png"));
            sound.add(encoded(jpeg, "bmp"));
        }
        files.addAll(sound);
        try (Stream<Path> fixtures = Files.list(FIXTURES)) {
            for (Path file : fixtures.filter(file -> !file.toString().endsWith(".py")).sorted().toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
    }

    private static byte[] encoded(byte[] jpeg, String format) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** One that is scored. */
    byte[] sound() {
        return sound.get(random.nextInt(sound.size()));
    }

    private byte[] any() {
        return files.get(random.nextInt(files.size())).clone();
    }

    byte[] harmed(Harm harm) {
        byte[] file = any();
        return switch (harm) {
            case FLIPPED_BITS -> flipped(file, file.length);
            case TRUNCATED -> Arrays.copyOf(file, 1 + random.nextInt(file.length - 1));
            case SPLICED -> spliced(file, any());
            case LENGTHS -> lengths(file);
            case HUGE_SIZE -> huge(file);
            case NOISE -> noise();
            case DEEP -> deep(10_000);
            case NO_BYTES -> new byte[0];
            default -> sound();
        };
    }

    /** Some bits of the first so many bytes. */
    byte[] flipped(byte[] bytes, int within) {
        for (int hits = 1 + random.nextInt(20); hits > 0; hits--) {
            bytes[random.nextInt(Math.min(bytes.length, within))] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] spliced(byte[] head, byte[] tail) {
        int cut = random.nextInt(head.length);
        int resume = random.nextInt(tail.length);
        byte[] spliced = Arrays.copyOf(head, cut + tail.length - resume);
        System.arraycopy(tail, resume, spliced, cut, tail.length - resume);
        return spliced;
    }

    private byte[] lengths(byte[] file) {
        int[] lengths = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x00FFFFFF, 0xFFFF0000, 0, file.length};
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
            ByteBuffer.wrap(file).order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN).putInt(
                    random.nextInt(Math.min(file.length, 200) - 4), lengths[random.nextInt(lengths.length)]);
        }
        return file;
    }

    /** A header of 16,384 to 65,535 pixels a side, its checksum put right. */
    private byte[] huge(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int side = 1 << 14 | random.nextInt(1 << 16);
        if (file[0] == 'B' && file.length > 30) {
            buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(18, side).putInt(22, side);
        } else if (file[0] == (byte) 0x89 && file.length > 33) {
            buffer.putInt(16, side).putInt(20, side);
            CRC32 crc = new CRC32();
            crc.update(file, 12, 17);
            buffer.putInt(29, (int) crc.getValue());
        } else if (file[0] == 'R' && file.length > 30) {
            buffer.order(ByteOrder.LITTLE_ENDIAN).putShort(26, (short) 0x3FFF).putShort(28, (short) 0x3FFF);
        } else {
            for (int i = 0; i + 9 < file.length; i++) {
                if (file[i] == (byte) 0xFF && (file[i + 1] == (byte) 0xC0 || file[i + 1] == (byte) 0xC2)) {
                    buffer.putShort(i + 5, (short) side).putShort(i + 7, (short) side);
                    break;
                }
            }
        }
        return file;
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(5_000)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] deep(int levels) {
        ByteBuffer file = ByteBuffer.allocate(12 + 24 * levels).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes()).putInt(4 + 24 * levels).put("WEBP".getBytes());
        for (int level = 1; level <= levels; level++) {
            file.put("ANMF".getBytes()).putInt(16 + 24 * (levels - level)).put(new byte[16]);
        }
        return file.array();
    }
}
