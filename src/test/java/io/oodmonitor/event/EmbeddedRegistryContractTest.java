package io.oodmonitor.event;

import io.oodmonitor.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The client against the registry that comes with the program. */
class EmbeddedRegistryContractTest extends RegistryContract {

    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = EmbeddedRegistry.inMemory();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    URI registry() {
        return registry.url();
    }
}
