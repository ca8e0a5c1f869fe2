package io.oodmonitor.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network that can fail, between whoever connects to it and a port of the loopback interface. Cut, it carries nothing
 * and says nothing, as a network does; healed, it delivers what was under way. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean cut;
    private Duration delay = Duration.ZERO;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
        daemon(this::accept);
    }

    /** Listens on a free port of the loopback interface. */
    static TcpProxy to(int target) throws IOException {
        return new TcpProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target);
    }

    int port() {
        return listener.getLocalPort();
    }

    synchronized void cut() {
        cut = true;
    }

    /** Whole, and as fast as the machine. */
    synchronized void heal() {
        cut = false;
        delay = Duration.ZERO;
        notifyAll();
    }

    /** From now on each 16 KiB of either direction, or less where less comes at once, take so long. */
    synchronized void slowDown(Duration each) {
        delay = each;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                daemon(() -> connect(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(server);
        try {
            pass();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            // Nobody listens there: the client learns it by the end of its connection.
            close(client);
            close(server);
            return;
        }
        daemon(() -> pump(client, server));
        pump(server, client);
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                pass();
                out.write(chunk, 0, read);
            }
        } catch (IOException e) {
            // Either side has gone, and the other goes with it.
        } finally {
            close(from);
            close(to);
        }
    }

    /** Waits while the network is cut, and for as long as it takes. */
    private void pass() throws IOException {
        Duration pause;
        try {
            synchronized (this) {
                while (cut) {
                    wait();
                }
                pause = delay;
            }
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal();
        open.forEach(this::close);
    }
}
