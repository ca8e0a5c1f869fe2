package io.oodmonitor.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the program is installed: the launcher says so. What ships with it is found from any current folder. */
public final class Home {

    private static final String PROPERTY = "ood.home";

    private Home() {}

    /** The path itself, or the same below the program's folder if it is relative and there is nothing here. */
    public static Path resolve(Path path) {
        String home = System.getProperty(PROPERTY);
        if (home == null || path.isAbsolute() || Files.exists(path)) {
            return path;
        }
        Path installed = Path.of(home).resolve(path);
        return Files.exists(installed) ? installed : path;
    }
}
