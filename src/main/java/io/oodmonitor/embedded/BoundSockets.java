package io.oodmonitor.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The listening sockets of one broker, bound before any part of the broker runs: a port that is taken is told at once,
 * and a free port that was found stays ours. Thread-safe.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

    static final String HOST = "127.0.0.1";
    static final String CLIENTS = "PLAINTEXT";
    static final String CONTROLLER = "CONTROLLER";

    private final Map<String, ServerSocketChannel> channels = new ConcurrentHashMap<>();
    private final int clientPort;
    private final int controllerPort;

    private BoundSockets(int requestedClientPort) {
        try {
            clientPort = bind(CLIENTS, requestedClientPort);
            controllerPort = bind(CONTROLLER, 0);
        } catch (EmbeddedBrokerException e) {
            close();
            throw e;
        }
    }

    /**
     * Binds the clients' port (0: a free one) and a free port for the controller.
     *
     * @throws EmbeddedBrokerException if the port is taken
     */
    static BoundSockets bind(int clientPort) {
        if (clientPort < 0 || clientPort > 65_535) {
            throw new EmbeddedBrokerException(
                    "port of the embedded Kafka broker must be in 0 to 65535, but is " + clientPort);
        }
        return new BoundSockets(clientPort);
    }

    int clientPort() {
        return clientPort;
    }

    int controllerPort() {
        return controllerPort;
    }

    private int bind(String listener, int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channels.put(listener, channel);
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return channel.socket().getLocalPort();
        } catch (BindException e) {
            throw new EmbeddedBrokerException("port " + port + " of " + HOST + " is in use, so the embedded Kafka"
                    + " broker cannot listen there: end what uses it, or choose another with --port", e);
        } catch (IOException e) {
            throw new EmbeddedBrokerException(
                    "the embedded Kafka broker cannot listen on port " + port + " of " + HOST + ": " + e.getMessage(),
                    e);
        }
    }

    /** Hands over the socket bound for this listener; from then on it is the broker's to close. */
    @Override
    public ServerSocketChannel openServerSocket(String listener, InetSocketAddress address, int backlog, int bufferSize)
            throws IOException {
        ServerSocketChannel bound = channels.remove(listener);
        if (bound == null) {
            throw new IOException("the socket of listener " + listener + " was handed over before");
        }
        return bound;
    }

    /** Closes what was not handed over. */
    @Override
    public void close() {
        for (ServerSocketChannel channel : channels.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new EmbeddedBrokerException("a listening socket cannot be closed: " + e.getMessage(), e);
            }
        }
        channels.clear();
    }
}
