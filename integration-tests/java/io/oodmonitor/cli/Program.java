package io.oodmonitor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program in a process of its own, as it was packaged. */
final class Program implements AutoCloseable {

    private static final Path APP = Path.of("target", "app").toAbsolutePath();

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(List<String> command, Path folder, Map<String, String> environment) throws IOException {
        out = Files.createTempFile(folder, "out", ".txt");
        err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-Xmx512m");
        process = builder.start();
    }

    /** True once Maven has packaged it. */
    static boolean isPackaged() {
        return Files.isDirectory(APP.resolve("lib")) && Files.isDirectory(APP.resolve("lib-embedded"));
    }

    /** On the class path of production: without the embedded services. */
    static Program production(Path folder, String... arguments) throws IOException {
        return production(folder, Map.of(), arguments);
    }

    /** The same with more in its environment. */
    static Program production(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-cp", APP.resolve("lib") + "/*", "io.oodmonitor.cli.Main"));
        command.addAll(List.of(arguments));
        return new Program(command, folder, environment);
    }

    /** By a link to the launcher of an installation without sources, whose path has a space. */
    static Program launcher(Path folder, String... arguments) throws IOException {
        Path installation = Files.createDirectories(folder.resolve("an installation"));
        Path launcher = installation.resolve("ood-monitor");
        if (!Files.exists(launcher)) {
            Files.copy(Path.of("ood-monitor"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
            Files.createDirectories(installation.resolve("target"));
            Files.createSymbolicLink(installation.resolve("target").resolve("app"), APP);
            Files.createSymbolicLink(folder.resolve("monitor"), Path.of("an installation", "ood-monitor"));
        }
        List<String> command = new ArrayList<>(List.of(folder.resolve("monitor").toString()));
        command.addAll(List.of(arguments));
        return new Program(command, folder, Map.of());
    }

    long pid() {
        return process.pid();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    /** Waits until it has printed this, and fails if it ends first. */
    void awaitOutput(String text, Duration patience) {
        await(patience, () -> out().contains(text));
    }

    /** The same for what it logs. */
    void awaitLog(String text, Duration patience) {
        await(patience, () -> err().contains(text));
    }

    private void await(Duration patience, Callable<Boolean> condition) {
        Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(100))
                .failFast("it must not end before", this::requireAlive).until(condition);
    }

    private void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("It ended with code " + process.exitValue() + ": " + out() + err());
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    int awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("It still runs after " + patience);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
