package io.oodmonitor.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Asks for a Docker engine, where Testcontainers would look for one, but within two seconds and without a word. */
final class DockerEngine {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private DockerEngine() {
    }

    /** Why no engine can be used; empty if one answers. */
    static Optional<String> absence() {
        return absence(System.getenv());
    }

    static Optional<String> absence(Map<String, String> environment) {
        String host = environment.get("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            return answers(host) ? Optional.empty() : Optional.of("no Docker engine answers at DOCKER_HOST=" + host);
        }
        List<Path> sockets = sockets(environment).filter(Files::exists).toList();
        if (sockets.isEmpty()) {
            return Optional.of("there is no Docker socket and DOCKER_HOST is not set");
        }
        boolean answered = sockets.stream().anyMatch(socket -> pings(UnixDomainSocketAddress.of(socket)));
        return answered ? Optional.empty() : Optional.of("no Docker engine answers at " + sockets.get(0));
    }

    private static Stream<Path> sockets(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                Stream.of(Path.of("/var/run/docker.sock"), home.resolve(".docker/run/docker.sock"),
                        home.resolve(".docker/desktop/docker.sock")),
                Stream.ofNullable(environment.get("XDG_RUNTIME_DIR")).map(run -> Path.of(run, "docker.sock")));
    }

    private static boolean answers(String host) {
        URI uri;
        try {
            uri = URI.create(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if ("unix".equals(uri.getScheme())) {
            return pings(UnixDomainSocketAddress.of(uri.getPath()));
        }
        return "tcp".equals(uri.getScheme()) && uri.getHost() != null
                && pings(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort()));
    }

    private static boolean pings(SocketAddress address) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> answer.complete(ping(address)), "docker-ping");
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Closes the channel under the waiting thread.
            asking.interrupt();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the other side speaks HTTP; one that wants TLS refuses in HTTP too, and is left to Testcontainers. */
    private static boolean ping(SocketAddress address) {
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"));
            ByteBuffer start = ByteBuffer.allocate(5);
            while (start.hasRemaining() && channel.read(start) >= 0) {
                continue;
            }
            return StandardCharsets.US_ASCII.decode(start.flip()).toString().equals("HTTP/");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
