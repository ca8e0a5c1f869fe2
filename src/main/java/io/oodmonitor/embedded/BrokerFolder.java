package io.oodmonitor.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The data folder of one broker, held by at most one broker at a time, in whatever process. A folder without Kafka's
 * metadata is formatted, one with it is used as it is: the cluster id never changes.
 */
final class BrokerFolder implements AutoCloseable {

    static final int NODE_ID = 1;

    private static final String LOCK = "embedded-broker.lock";
    private static final List<String> INTERRUPTED_FORMAT = List.of("meta.properties", "bootstrap.checkpoint");

    // INVARIANT: the lock file is never opened twice in one process, because closing the second channel would release
    // the first one's lock (POSIX). So a process keeps book of its own folders.
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private BrokerFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder, making and formatting it where needed.
     *
     * @throws EmbeddedBrokerException if another broker holds it, if it holds something else than Kafka's data, or if
     *         it cannot be written
     */
    static BrokerFolder open(Path folder) {
        Path path = make(folder);
        if (!HELD_BY_THIS_PROCESS.add(path)) {
            throw new EmbeddedBrokerException("folder " + path + " is in use by another broker of this process");
        }
        FileChannel lockFile = null;
        try {
            lockFile = lock(path);
            BrokerFolder opened = new BrokerFolder(path, lockFile);
            opened.formatIfNew();
            return opened;
        } catch (EmbeddedBrokerException e) {
            release(path, lockFile);
            throw e;
        } catch (Exception e) {
            release(path, lockFile);
            throw new EmbeddedBrokerException("folder " + path + " cannot be used for Kafka's data: " + e, e);
        }
    }

    private static Path make(Path folder) {
        try {
            return Files.createDirectories(folder).toRealPath();
        } catch (IOException e) {
            throw new EmbeddedBrokerException("folder " + folder.toAbsolutePath()
                    + " for Kafka's data cannot be made: " + e, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK),
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            String holder = read(channel);
            channel.close();
            throw new EmbeddedBrokerException("folder " + path + " is in use by "
                    + (holder.isBlank() ? "another process" : "process " + holder)
                    + ": end that one first, or choose another folder");
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
        return channel;
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }

    Path path() {
        return path;
    }

    /** What meta.properties says: the cluster's id and this folder's. */
    MetaPropertiesEnsemble properties() throws IOException {
        MetaPropertiesEnsemble properties = new MetaPropertiesEnsemble.Loader()
                .addMetadataLogDir(path.toString())
                .addLogDirs(List.of(path.toString()))
                .load();
        if (properties.clusterId().isEmpty() || properties.nodeId().orElse(-1) != NODE_ID) {
            throw new EmbeddedBrokerException("folder " + path + " is not one of an embedded Kafka broker: "
                    + "its meta.properties must name a cluster.id and node.id=" + NODE_ID);
        }
        return properties;
    }

    BootstrapMetadata bootstrapMetadata() throws Exception {
        return new BootstrapDirectory(path.toString()).read();
    }

    private void formatIfNew() throws Exception {
        // Kafka writes meta.properties last, and in one step: where it is, the formatting was finished.
        if (Files.exists(path.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        refuseForeignFiles();
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setControllerListenerName(BoundSockets.CONTROLLER)
                    .setMetadataLogDirectory(path.toString())
                    .addDirectory(path.toString())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .run();
        }
    }

    private void refuseForeignFiles() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (INTERRUPTED_FORMAT.stream().anyMatch(name::startsWith)) {
                    Files.delete(file);
                } else if (!name.equals(LOCK)) {
                    throw new EmbeddedBrokerException("folder " + path + " holds " + name
                            + " and no data of Kafka: name an empty folder, or one of an earlier run");
                }
            }
        }
    }

    /** Lets go of the folder; to be called when nothing of the broker runs any more. */
    @Override
    public void close() {
        release(path, lockFile);
    }

    private static void release(Path path, FileChannel lockFile) {
        try {
            if (lockFile != null) {
                lockFile.close();
            }
        } catch (IOException e) {
            throw new EmbeddedBrokerException("lock of folder " + path + " cannot be released: " + e.getMessage(), e);
        } finally {
            HELD_BY_THIS_PROCESS.remove(path);
        }
    }
}
