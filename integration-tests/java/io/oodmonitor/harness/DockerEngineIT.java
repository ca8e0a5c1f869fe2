package io.oodmonitor.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DockerEngineIT {

    @Test
    void shouldNoticeSoonThatAnEngineDoesNotAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            String host = "tcp://127.0.0.1:" + silent.getLocalPort();
            long before = System.nanoTime();

            assertThat(DockerEngine.hindrance(Map.of("DOCKER_HOST", host), List.of()))
                    .contains("no Docker engine answers at DOCKER_HOST=" + host);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void shouldTakeAnAddressThatIsNoneForNoEngine() {
        assertThat(DockerEngine.hindrance(Map.of("DOCKER_HOST", "over there"), List.of()))
                .contains("no Docker engine answers at DOCKER_HOST=over there");
    }

    @Test
    void shouldAskTheEngineForItsImagesAndForAPullOfTheOthers() throws Exception {
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 5);
        engine.setExecutor(Executors.newSingleThreadExecutor());
        boolean[] pulled = new boolean[1];
        engine.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            pulled[0] |= path.equals("/images/create?fromImage=far/away&tag=2");
            boolean found = path.equals("/_ping") || path.equals("/images/here:1/json")
                    || path.equals("/images/far/away:2/json") && pulled[0];
            exchange.sendResponseHeaders(found ? 200 : 404, -1);
            exchange.close();
        });
        engine.start();
        try {
            Map<String, String> environment =
                    Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + engine.getAddress().getPort());

            assertThat(DockerEngine.hindrance(environment, List.of("here:1", "far/away:2"))).isEmpty();
            assertThat(DockerEngine.hindrance(environment, List.of("here:1", "nowhere:3")))
                    .contains("the Docker engine neither has image nowhere:3 nor can pull it");
        } finally {
            engine.stop(0);
        }
    }
}
