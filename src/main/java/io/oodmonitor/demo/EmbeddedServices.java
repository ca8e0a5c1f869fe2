package io.oodmonitor.demo;

import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.embedded.EmbeddedBroker;
import io.oodmonitor.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** The embedded broker and registry, for a run without a cluster. Stateless. */
public final class EmbeddedServices implements LocalServices {

    @Override
    public Running start(Path data, int brokerPort, int registryPort) {
        EmbeddedRegistry registry;
        try {
            registry = EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), registryPort),
                    Optional.of(data.resolve("registry")));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        try {
            return new Both(EmbeddedBroker.start(data.resolve("kafka"), brokerPort), registry);
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    private record Both(EmbeddedBroker broker, EmbeddedRegistry registry) implements Running {

        @Override
        public String bootstrapServers() {
            return broker.bootstrapServers();
        }

        @Override
        public String registryUrl() {
            return registry.url().toString();
        }

        @Override
        public void close() {
            // The registry goes last: while the broker runs, somebody may still want a schema.
            broker.close();
            registry.close();
        }
    }
}
