package io.oodmonitor.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes pictures as a user has them: JPEG files in one folder per class. */
public final class WriteFolders {

    private WriteFolders() {
    }

    /** Arguments: folder, seed range (fit, test, ...), pictures of each class. Writes FOLDER/CLASS/NUMBER.jpg. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: WriteFolders FOLDER RANGE PICTURES_PER_CLASS");
            System.exit(2);
        }
        SeedRange range = SeedRange.valueOf(args[1].toUpperCase(Locale.ROOT));
        int count = Integer.parseInt(args[2]) * PartClass.values().length;
        PartRenderer renderer = new PartRenderer();
        for (int i = 0; i < count; i++) {
            PartClass part = PartClass.values()[i % PartClass.values().length];
            Path folder = Files.createDirectories(Path.of(args[0]).resolve(part.label()));
            Files.write(folder.resolve(String.format(Locale.ROOT, "%06d.jpg", i)),
                    renderer.render(part, range.seed(i)).jpeg());
        }
        System.out.println(args[0] + ": " + count + " pictures");
    }
}
