package io.oodmonitor.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The shared material beside the project: what needs it is skipped, and says so, where it is absent. */
public final class SharedData {

    private SharedData() {}

    /** The file or folder of this name, or the end of the test. */
    public static Path require(String name) {
        Path path = Path.of(System.getProperty("ood.shared", "../shared")).resolve(name);
        boolean present = Files.exists(path);
        if (!present) {
            System.err.println("SKIPPED: " + path.toAbsolutePath().normalize() + " is not here");
        }
        assumeTrue(present, () -> path + " is not here");
        return path;
    }
}
