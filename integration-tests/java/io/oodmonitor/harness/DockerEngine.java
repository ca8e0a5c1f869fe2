package io.oodmonitor.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
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

/**
 * Finds out whether Testcontainers would get on with the Docker engine here: in two seconds and without a word where
 * there is none. Left to itself it takes minutes to give up an image that cannot be pulled.
 */
final class DockerEngine {

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration PULL = Duration.ofMinutes(5);

    private DockerEngine() {
    }

    /**
     * Why no engine here can run these images; empty if one answers that has them, where necessary after a pull.
     *
     * @param environment where DOCKER_HOST may stand
     */
    static Optional<String> hindrance(Map<String, String> environment, List<String> images) {
        String host = environment.get("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            return address(host)
                    .filter(DockerEngine::answers)
                    .map(engine -> hindrance(engine, images))
                    .orElse(Optional.of("no Docker engine answers at DOCKER_HOST=" + host));
        }
        List<Path> sockets = sockets(environment).filter(Files::exists).toList();
        if (sockets.isEmpty()) {
            return Optional.of("there is no Docker socket and DOCKER_HOST is not set");
        }
        return sockets.stream()
                .map(UnixDomainSocketAddress::of)
                .filter(DockerEngine::answers)
                .findFirst()
                .map(engine -> hindrance(engine, images))
                .orElse(Optional.of("no Docker engine answers at " + sockets.get(0)));
    }

    private static Stream<Path> sockets(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                Stream.of(Path.of("/var/run/docker.sock"), home.resolve(".docker/run/docker.sock"),
                        home.resolve(".docker/desktop/docker.sock")),
                Stream.ofNullable(environment.get("XDG_RUNTIME_DIR")).map(run -> Path.of(run, "docker.sock")));
    }

    private static Optional<SocketAddress> address(String host) {
        URI uri;
        try {
            uri = URI.create(host);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if ("unix".equals(uri.getScheme())) {
            return Optional.of(UnixDomainSocketAddress.of(uri.getPath()));
        }
        return "tcp".equals(uri.getScheme()) && uri.getHost() != null
                ? Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort()))
                : Optional.empty();
    }

    private static boolean answers(SocketAddress engine) {
        return request(engine, "GET /_ping", ANSWER).isPresent();
    }

    private static Optional<String> hindrance(SocketAddress engine, List<String> images) {
        for (String image : images) {
            if (lacks(engine, image)) {
                int colon = image.lastIndexOf(':');
                request(engine, "POST /images/create?fromImage=" + image.substring(0, colon)
                        + "&tag=" + image.substring(colon + 1), PULL);
                if (lacks(engine, image)) {
                    return Optional.of("the Docker engine neither has image " + image + " nor can pull it");
                }
            }
        }
        return Optional.empty();
    }

    /** Only if the engine says so: one that wants TLS says something else, and is left to Testcontainers. */
    private static boolean lacks(SocketAddress engine, String image) {
        return request(engine, "GET /images/" + image + "/json", ANSWER)
                .flatMap(response -> response.lines().findFirst())
                .filter(status -> status.contains(" 404 "))
                .isPresent();
    }

    /** The whole response, or nothing if there is none in time or it is no HTTP. */
    private static Optional<String> request(SocketAddress engine, String request, Duration patience) {
        CompletableFuture<String> response = new CompletableFuture<>();
        Thread asking = new Thread(() -> response.complete(exchange(engine, request)), "docker-request");
        asking.setDaemon(true);
        asking.start();
        try {
            return Optional.of(response.get(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .filter(text -> text.startsWith("HTTP/"));
        } catch (TimeoutException | ExecutionException e) {
            // Closes the channel under the waiting thread.
            asking.interrupt();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String exchange(SocketAddress engine, String request) {
        try (SocketChannel channel = SocketChannel.open(engine)) {
            // HTTP 1.0: the end of the connection is the end of the response.
            channel.write(StandardCharsets.US_ASCII.encode(
                    request + " HTTP/1.0\r\nHost: docker\r\nContent-Length: 0\r\n\r\n"));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
