package io.oodmonitor.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The input as the only file of a folder, for readers that take paths. Each target has one, in whose place each input
 * comes. Not thread-safe.
 */
public final class InputFile {

    private final Path file;

    /** In a folder of the system's for temporary files, which ends with the process. */
    public InputFile(String name) {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            file = folder.resolve(name);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with this content. */
    public Path of(byte[] input) {
        try {
            // A new file each time: to change one takes the longer, the more of it readers have mapped and not let go.
            Files.deleteIfExists(file);
            return Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws AssertionError if reading it has left anything else */
    public void checkAlone() {
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> found = files.toList();
            if (!found.equals(List.of(file))) {
                throw new AssertionError("nothing may be written beside " + file + ", but there are " + found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
