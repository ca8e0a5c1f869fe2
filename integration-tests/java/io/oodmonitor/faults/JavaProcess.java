package io.oodmonitor.faults;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A main class in a process of its own, on this process's class path. What it prints is kept, what it logs goes to a
 * file. It ends with this process at the latest, unless that is killed. Thread-safe.
 */
final class JavaProcess implements AutoCloseable {

    private static final String CRASH_PREFIX = "hs_err_";
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();

    private JavaProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        RUNNING.add(process);
        process.onExit().thenRun(() -> RUNNING.remove(process));
        Thread reader = new Thread(this::read, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param name      of its log in the folder, NAME.log, which is appended to
     * @param options   of the JVM
     * @param mainClass with its package
     */
    static JavaProcess start(String name, Path folder, List<String> options, String mainClass,
                             List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + folder.resolve(CRASH_PREFIX + "%p.log")));
        command.addAll(options);
        command.add(mainClass);
        command.addAll(arguments);
        File log = folder.resolve(name + ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
        // Not as an option: ONNX Runtime 1.29.0 crashes in a process whose command line is longer than 4,000 bytes.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new JavaProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /** Reports of JVMs that crashed, among the processes with this folder. */
    static List<Path> crashes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(CRASH_PREFIX)).toList();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException closed) {
            // The process was killed, and its output closed with it.
            return;
        }
    }

    /** How many lines it has printed. */
    int printed() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** The first line with such a text among those from a number on. */
    Optional<String> line(String text, int from) {
        synchronized (lines) {
            return lines.subList(from, lines.size()).stream().filter(line -> line.contains(text)).findFirst();
        }
    }

    /**
     * Waits for a line with such a text.
     *
     * @throws IllegalStateException if the process ends before, or the time does
     */
    void awaitLine(String text, int from, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lines) {
            while (line(text, from).isEmpty()) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(name + " ended with code " + process.exitValue()
                            + " before it printed '" + text + "': " + lines);
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(name + " did not print '" + text + "' within " + patience + ": "
                            + lines);
                }
                lines.wait(100);
            }
        }
    }

    /** Writes a line to its standard input. */
    void tell(String line) {
        try {
            Writer input = process.outputWriter();
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " takes no commands any more", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        if (!process.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " of " + name + " cannot be killed");
        }
    }

    /** SIGSTOP: it does nothing until it is thawed, and its connections stay open. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("process " + process.pid() + " of " + name + " takes no SIG" + signal);
        }
    }

    /**
     * SIGTERM, and waits for the end.
     *
     * @return the exit code
     * @throws IllegalStateException if it does not end in time
     */
    int terminate(Duration patience) throws InterruptedException {
        // Its output is read to the end: Process.destroy would close it.
        process.toHandle().destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " did not end within " + patience + " of SIGTERM");
        }
        return process.exitValue();
    }

    /** kill -9; what it wrote to is left alone when this returns. */
    @Override
    public void close() {
        process.destroyForcibly().onExit()
                .completeOnTimeout(process, KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
