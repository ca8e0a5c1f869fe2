package io.oodmonitor.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema registry within the process: the Confluent REST API for Avro schemas, for any client of it.
 *
 * <p>With a folder, what a request changed is on disk before its answer leaves, and survives a crash. Compatibility is
 * BACKWARD unless set otherwise. There is no authentication: listen on loopback. Thread-safe.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int BACKLOG = 64;

    static {
        // The JDK's server writes head and body apart: without this, Nagle's algorithm makes every answer take 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", System.getProperty("sun.net.httpserver.nodelay", "true"));
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final RegistryStore store;

    private EmbeddedRegistry(HttpServer server, RegistryStore store) {
        this.server = server;
        this.store = store;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "schema-registry-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", new RegistryApi(store));
        server.start();
    }

    /**
     * Starts to listen.
     *
     * @param address port 0 for any free one
     * @param folder  where schemas are kept; empty: in memory
     * @throws IOException in one sentence, if the port is taken, or the folder in use or damaged
     */
    public static EmbeddedRegistry start(InetSocketAddress address, Optional<Path> folder) throws IOException {
        RegistryStore store = RegistryStore.open(folder);
        try {
            return new EmbeddedRegistry(HttpServer.create(address, BACKLOG), store);
        } catch (IOException e) {
            store.close();
            throw new IOException("the schema registry cannot listen on " + address.getHostString() + ":"
                + address.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** On any free port of the loopback interface, in memory. */
    public static EmbeddedRegistry inMemory() throws IOException {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
    }

    /** What clients take as schema.registry.url. */
    public URI url() {
        InetAddress bound = server.getAddress().getAddress();
        String host = (bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound).getHostAddress();
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + server.getAddress().getPort());
    }

    /** Stops listening and lets go of the folder. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        store.close();
    }
}
