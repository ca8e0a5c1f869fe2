package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oodmonitor.harness.ListeningSockets;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every port that the program opens is for this machine only. */
@Timeout(180)
class LoopbackIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String BUNDLE = Path.of("models", "parts").toAbsolutePath().toString();

    @TempDir
    private Path folder;

    @Test
    void shouldRunForThisMachineOnly() throws Exception {
        assertListensOnLoopbackOnly("READY", "run", "--set", "bundle=" + BUNDLE, "--data", "data", "--port", "0",
                "--registry-port", "0", "--set", "http.port=0");
    }

    @Test
    void shouldShowItselfForThisMachineOnly() throws Exception {
        assertListensOnLoopbackOnly("OOD rate", "demo", "--bundle", BUNDLE, "--duration", "120s");
    }

    private void assertListensOnLoopbackOnly(String ready, String... command) throws Exception {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        assumeTrue(ListeningSockets.areKnown(), "there is no /proc: this test needs Linux");
        try (Program program = Program.launcher(folder, command)) {
            program.awaitOutput(ready, PATIENCE);
            List<InetSocketAddress> sockets = ListeningSockets.of(program.pid());
            assertThat(sockets).as("broker, controller, registry and HTTP server").hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(socket -> socket.getAddress().isLoopbackAddress());
        }
    }
}
