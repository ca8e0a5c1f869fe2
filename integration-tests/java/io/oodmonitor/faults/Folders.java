package io.oodmonitor.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are to go, with all that is in them. */
final class Folders {

    private Folders() {}

    /** How many files and folders there were. */
    static int delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
        return paths.size();
    }
}
