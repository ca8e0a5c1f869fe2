package io.oodmonitor.bench;

import io.oodmonitor.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A monitor in a process of its own that has one core, with the same java and options as this one. Thread-safe. */
final class Instance implements AutoCloseable {

    private static final String PROGRAM = "io.oodmonitor.cli.Main";
    private static final long STOP_SECONDS = 30;
    private static final int LAST_LINES = 5;

    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile boolean ready;

    private Instance(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "bench-instance");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param core     from 0 on
     * @param settings of the monitor and of Kafka
     * @throws CommandFailure if there is no taskset
     */
    static Instance start(int core, Map<String, ?> settings) {
        List<String> command = new ArrayList<>(List.of("taskset", "--cpu-list", Integer.toString(core),
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(PROGRAM, "run", "--quiet"));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Not as an option: ONNX Runtime 1.29.0 crashes in a process whose command line is longer than 4,000 bytes.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new Instance(builder.start());
        } catch (IOException e) {
            throw new CommandFailure("Instances are given their cores by taskset, of util-linux, but it cannot be run: "
                    + e.getMessage(), e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lastLines) {
                    lastLines.add(line);
                    if (lastLines.size() > LAST_LINES) {
                        lastLines.remove();
                    }
                }
                ready |= line.contains("READY");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isReady() {
        return ready;
    }

    /** That it has ended, and its last words. */
    Optional<CommandFailure> failure() {
        if (process.isAlive()) {
            return Optional.empty();
        }
        synchronized (lastLines) {
            return Optional.of(new CommandFailure("An instance ended with " + process.exitValue() + ": "
                    + String.join(" / ", lastLines)));
        }
    }

    /** Stops it in good order, and waits for that. */
    @Override
    public void close() {
        // Its output is read to the end: Process.destroy would close it.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
