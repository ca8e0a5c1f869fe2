package io.oodmonitor;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Models, images and golden figures beside the project, which a test may lack. */
public final class SharedData {

    private static final Path ROOT = Path.of(System.getProperty("ood.shared", "../shared"));

    private SharedData() {
    }

    /** A file of it; skips the test where it is absent, naming it. */
    public static Path require(String path) {
        Path file = ROOT.resolve(path);
        if (!Files.exists(file)) {
            System.err.println("SKIPPED: " + file + " is absent (set -Dood.shared to where it is)");
        }
        assumeThat(file).as("skipped: %s is absent (set -Dood.shared to where it is)", file).exists();
        return file;
    }
}
