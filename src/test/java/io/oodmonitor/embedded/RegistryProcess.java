package io.oodmonitor.embedded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A registry in a process of its own, to be killed: prints its address and waits. */
final class RegistryProcess {

    private RegistryProcess() {
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedRegistry registry = EmbeddedRegistry.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(Path.of(arguments[0])));
        System.out.println(registry.url());
        Thread.currentThread().join();
    }
}
