package io.oodmonitor.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a registry's contents in a folder that is its own. A save that returned survives a crash of the process or the
 * machine; one that was cut off leaves the contents as they were. Not thread-safe.
 */
final class RegistryFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path file;
    private final Path draft;
    private final FileChannel lock;

    private RegistryFile(Path folder, FileChannel lock) {
        this.folder = folder;
        this.file = folder.resolve("schemas.json");
        this.draft = folder.resolve("schemas.json.draft");
        this.lock = lock;
    }

    /** Creates the folder if need be; refuses one in use by another registry. */
    static RegistryFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = lock.tryLock();
            if (held != null) {
                return new RegistryFile(folder, lock);
            }
        } catch (OverlappingFileLockException e) {
            // In use within this very process: the same as below.
        }
        lock.close();
        throw new IOException("the schema registry's folder " + folder + " is in use by another registry");
    }

    RegistryContents load() throws IOException {
        if (Files.notExists(file)) {
            return RegistryContents.EMPTY;
        }
        try {
            return JSON.readValue(Files.readAllBytes(file), RegistryContents.class);
        } catch (JsonProcessingException e) {
            throw new IOException("the schema registry's file " + file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    void save(RegistryContents contents) throws IOException {
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(contents));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            // INVARIANT: on disk before it takes the old file's place.
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
