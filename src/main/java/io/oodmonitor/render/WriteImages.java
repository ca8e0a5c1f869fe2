package io.oodmonitor.render;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a set of pictures for the training recipe: raw 8-bit N x 64 x 64 x 3 levels as they come out of the JPEG, which
 * is what the monitor will see, and one byte of class index beside each.
 */
public final class WriteImages {
    private static final int CHUNK = 512;

    private WriteImages() {
    }

    /**
     * Arguments: folder, seed range (training, validation, ...), pictures of each class, and optionally pictures of each
     * odd kind. Writes RANGE.rgb, RANGE.labels and RANGE-KIND.rgb.
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 3 || args.length > 4) {
            System.err.println("usage: WriteImages FOLDER RANGE PICTURES_PER_CLASS [PICTURES_PER_ODD_KIND]");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        SeedRange range = SeedRange.valueOf(args[1].toUpperCase(Locale.ROOT));
        String name = range.name().toLowerCase(Locale.ROOT);
        int perClass = Integer.parseInt(args[2]);
        PartClass[] classes = PartClass.values();
        byte[] labels = new byte[perClass * classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % classes.length);
        }
        PartRenderer renderer = new PartRenderer();
        write(folder.resolve(name + ".rgb"), labels.length,
                i -> renderer.render(classes[i % classes.length], range.seed(i)));
        Files.write(folder.resolve(name + ".labels"), labels);
        if (args.length == 4) {
            int perKind = Integer.parseInt(args[3]);
            for (OddKind kind : OddKind.values()) {
                write(folder.resolve(name + "-" + kind.label() + ".rgb"), perKind,
                        i -> renderer.render(kind, range.seed(i)));
            }
        }
    }

    private interface Picture {
        Render at(int index);
    }

    private static void write(Path file, int count, Picture picture) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int from = 0; from < count; from += CHUNK) {
                Stream<byte[]> chunk = IntStream.range(from, Math.min(count, from + CHUNK)).parallel()
                        .mapToObj(i -> Jpeg.decode(picture.at(i).jpeg()));
                for (byte[] rgb : chunk.toList()) {
                    out.write(rgb);
                }
            }
        }
        System.out.println(file.getFileName() + ": " + count + " pictures");
    }
}
