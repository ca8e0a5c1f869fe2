package io.oodmonitor.faults;

import io.oodmonitor.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A registry that can be down: always on one port, with the same schemas. Not thread-safe. */
final class RegistryUnderTest implements AutoCloseable {

    private final Path folder;
    private EmbeddedRegistry registry;
    private boolean isUp = true;

    private RegistryUnderTest(Path folder, EmbeddedRegistry registry) {
        this.folder = folder;
        this.registry = registry;
    }

    static RegistryUnderTest start(Path folder) throws IOException {
        return new RegistryUnderTest(folder, listen(folder, Ports.free(1).get(0)));
    }

    private static EmbeddedRegistry listen(Path folder, int port) throws IOException {
        return EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.of(folder));
    }

    String url() {
        return registry.url().toString();
    }

    void down() {
        registry.close();
        isUp = false;
    }

    void up() throws IOException {
        if (!isUp) {
            registry = listen(folder, registry.url().getPort());
            isUp = true;
        }
    }

    @Override
    public void close() {
        if (isUp) {
            registry.close();
        }
    }
}
