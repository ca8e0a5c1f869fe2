package io.oodmonitor.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** Starts a broker and a registry in this process. Found by {@link ServiceLoader}. */
public interface LocalServices {

    /** The services while they run. */
    interface Running extends AutoCloseable {

        /** For bootstrap.servers. */
        String bootstrapServers();

        /** For schema.registry.url. */
        String registryUrl();

        /** Stops both; what is in the data folder stays. */
        @Override
        void close();
    }

    /**
     * Starts both on the loopback address.
     *
     * @param data         folder of everything they keep; made if absent
     * @param brokerPort   port of the broker; 0 for any free one
     * @param registryPort port of the registry; 0 for any free one
     * @throws RuntimeException of one sentence that says what is wrong, if one of them does not start
     */
    Running start(Path data, int brokerPort, int registryPort);

    /** The implementation on the class path, if there is one. */
    static Optional<LocalServices> find() {
        return ServiceLoader.load(LocalServices.class).findFirst();
    }
}
