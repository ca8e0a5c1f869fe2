package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while every core is in ONNX Runtime. */
@Timeout(60)
class InterruptionIT {

    @TempDir
    private Path folder;

    @RepeatedTest(3)
    void shouldEndAtOnceWithoutACrash() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:ErrorFile=" + folder.resolve("crash-%p.log"), EndlessRuns.class.getName(),
                Path.of("models", "parts").toAbsolutePath().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo(EndlessRuns.READY);
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(Interruption.TERMINATED);
            assertThat(crashes()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<Path> crashes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
