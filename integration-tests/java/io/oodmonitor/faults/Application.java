package io.oodmonitor.faults;

import io.oodmonitor.stream.CommandedMonitor;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;

/**
 * An instance of the application in a process of its own, started again whenever it ends without being told to, with
 * temporary files of its own, as by systemd. Thread-safe.
 */
final class Application implements AutoCloseable {

    /** How long an orderly end may take; the application's own bound, after which it ends itself, is as long. */
    static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private static final Duration READY_PATIENCE = Duration.ofSeconds(90);
    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);
    private static final long STEP_MILLIS = 20;
    private static final String READY = "READY";
    private static final String HEAP = "-Xmx256m";

    private final String name;
    private final Path folder;
    private final Map<String, String> settings;
    private JavaProcess process;
    private boolean wanted;
    private boolean commanded;
    private int restarts;

    /**
     * @param name     of its log, and of its own folder
     * @param settings without bundle and state directory
     */
    Application(String name, Path folder, Map<String, String> settings) {
        this.name = name;
        this.folder = folder;
        this.settings = settings;
    }

    /** What it keeps on a disk: its state, and temporary files. */
    static Path home(Path folder, String name) {
        return folder.resolve(name);
    }

    /** Whether it is to have a network that obeys commands, from its next launch on. */
    synchronized void setCommanded(boolean commanded) {
        this.commanded = commanded;
    }

    /** Starts it on a bundle, and does not wait. */
    synchronized void launch(Path bundle) {
        StringBuilder lines = new StringBuilder();
        settings.forEach((setting, value) -> lines.append(setting).append('=').append(value).append('\n'));
        // Several run at once.
        lines.append(HttpSettings.PORT).append("=0\n");
        lines.append(MonitorConfig.BUNDLE).append('=').append(bundle).append('\n');
        lines.append(StreamsConfig.STATE_DIR_CONFIG).append('=').append(state()).append('\n');
        try {
            Files.writeString(config(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wanted = true;
        run();
    }

    private void run() {
        List<String> options = List.of(HEAP, "-Djava.io.tmpdir=" + emptied(temporary()));
        JavaProcess started = commanded
                ? JavaProcess.start(name, folder, options, CommandedMonitor.class.getName(),
                        List.of(config().toString()))
                : JavaProcess.start(name, folder, options, "io.oodmonitor.cli.Main",
                        List.of("run", "--quiet", "--config", config().toString()));
        process = started;
        started.onExit().thenRunAsync(() -> ended(started),
                CompletableFuture.delayedExecutor(RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void ended(JavaProcess which) {
        if (wanted && which == process) {
            restarts++;
            run();
        }
    }

    /** What a process that was killed has left there, systemd would have removed too. */
    private static Path emptied(Path folder) {
        try {
            Folders.delete(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path config() {
        return folder.resolve(name + ".conf");
    }

    Path state() {
        return home(folder, name).resolve("state");
    }

    Path temporary() {
        return home(folder, name).resolve("tmp");
    }

    synchronized JavaProcess process() {
        return process;
    }

    /** How often it was started again after an end that nobody had asked for. */
    synchronized int restarts() {
        return restarts;
    }

    /**
     * Waits until it reads its partitions, over restarts.
     *
     * @throws IllegalStateException if it does not in time
     */
    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        for (JavaProcess now = process(); !now.isAlive() || now.line(READY, 0).isEmpty(); now = process()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is not ready within " + READY_PATIENCE + "; see " + name
                        + ".log");
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    /**
     * Waits until it has ended without being told to, and was started again, more often than before.
     *
     * @throws IllegalStateException if it has not in time
     */
    void awaitRestart(int before) throws InterruptedException {
        long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        while (restarts() <= before) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " has not ended by itself within " + READY_PATIENCE);
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    /** kill -9; it is started again. */
    void kill() throws InterruptedException {
        process().kill();
    }

    /** SIGTERM, and waits for the end; its exit code. */
    int terminate() throws InterruptedException {
        JavaProcess ending;
        synchronized (this) {
            wanted = false;
            ending = process;
        }
        return ending.terminate(STOP_PATIENCE);
    }

    /**
     * SIGTERM, and waits for an orderly end; how long that took.
     *
     * @throws IllegalStateException if it does not end in good order, or not in time
     */
    Duration stop() throws InterruptedException {
        long start = System.nanoTime();
        int code = terminate();
        if (code != 0) {
            throw new IllegalStateException(name + " ended with code " + code + " after SIGTERM; see " + name + ".log");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public synchronized void close() {
        wanted = false;
        if (process != null) {
            process.close();
        }
    }
}
