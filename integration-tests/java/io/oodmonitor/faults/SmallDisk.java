package io.oodmonitor.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own under a folder, small enough to be filled. Not thread-safe. */
final class SmallDisk implements AutoCloseable {

    /** Room for ONNX Runtime's libraries, which every start unpacks, once. */
    private static final String SIZE = "size=48m";
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
        // Whoever stops a campaign by Ctrl-C must not find it still mounted.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Mounts it; empty where the system does not allow that, or knows no such file system. */
    static Optional<SmallDisk> mount(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try {
            return run("mount", "-t", "tmpfs", "-o", SIZE, "fault-campaign", folder.toString()) == 0
                    ? Optional.of(new SmallDisk(folder)) : Optional.empty();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(new byte[CHUNK_BYTES]);
            }
        } catch (IOException full) {
            long left = Files.getFileStore(folder).getUsableSpace();
            if (left > 0) {
                throw new IOException(folder + " is not full, but has " + left + " bytes free", full);
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    @Override
    public void close() {
        try {
            // A second call finds nothing to unmount.
            run("umount", "--lazy", folder.toString());
        } catch (IOException e) {
            throw new IllegalStateException(folder + " cannot be unmounted: unmount it by hand", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
