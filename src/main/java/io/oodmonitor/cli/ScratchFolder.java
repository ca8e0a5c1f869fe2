package io.oodmonitor.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone with all that is in it once it is closed, or once the program ends before that. */
public final class ScratchFolder implements AutoCloseable {

    private final Path path;
    private final Thread atExit = new Thread(this::delete, "scratch-folder");

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /** Makes one among the system's temporary files. */
    public static ScratchFolder create(String prefix) throws IOException {
        ScratchFolder folder = new ScratchFolder(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(folder.atExit);
        return folder;
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program is ending: the hook finds nothing left.
        }
    }

    private void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + path + " is left behind: " + e.getMessage(), e);
        }
    }
}
