package io.oodmonitor.faults;

import io.oodmonitor.stream.CommandedMonitor;
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
 * An instance of the application in a process of its own, started again whenever it ends without being told to, as
 * systemd or Kubernetes would. Thread-safe.
 */
final class Application implements AutoCloseable {

    static final Duration READY_PATIENCE = Duration.ofSeconds(90);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(70);
    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);
    private static final long STEP_MILLIS = 20;
    private static final String READY = "READY";
    private static final String HEAP = "256m";

    private final String name;
    private final Path folder;
    private final Map<String, String> settings;
    private JavaProcess process;
    private boolean wanted;
    private boolean commanded;
    private int restarts;

    /**
     * @param name     of its log and its state directory
     * @param settings without bundle and state directory
     */
    Application(String name, Path folder, Map<String, String> settings) {
        this.name = name;
        this.folder = folder;
        this.settings = settings;
    }

    /** Starts it on a bundle, and does not wait. */
    synchronized void launch(Path bundle) {
        launch(bundle, false);
    }

    /** Starts it on a bundle with a network that obeys commands, and does not wait. */
    synchronized void launchCommanded(Path bundle) {
        launch(bundle, true);
    }

    private void launch(Path bundle, boolean withCommands) {
        StringBuilder lines = new StringBuilder();
        settings.forEach((setting, value) -> lines.append(setting).append('=').append(value).append('\n'));
        lines.append(MonitorConfig.BUNDLE).append('=').append(bundle).append('\n');
        lines.append(StreamsConfig.STATE_DIR_CONFIG).append('=').append(state()).append('\n');
        try {
            Files.writeString(config(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commanded = withCommands;
        wanted = true;
        run();
    }

    private void run() {
        JavaProcess started = commanded
                ? JavaProcess.start(name, folder, HEAP, CommandedMonitor.class.getName(), List.of(config().toString()))
                : JavaProcess.start(name, folder, HEAP, "io.oodmonitor.cli.Main",
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

    private Path config() {
        return folder.resolve(name + ".conf");
    }

    Path state() {
        return folder.resolve(name + "-state");
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
        while (process().line(READY, 0).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is not ready within " + READY_PATIENCE + "; see " + name
                        + ".log");
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    /** kill -9; it is started again. */
    void kill() throws InterruptedException {
        process().kill();
    }

    /** SIGTERM, and waits for the end. */
    int terminate() throws InterruptedException {
        JavaProcess ending;
        synchronized (this) {
            wanted = false;
            ending = process;
        }
        return ending.terminate(STOP_PATIENCE);
    }

    @Override
    public synchronized void close() {
        wanted = false;
        if (process != null) {
            process.close();
        }
    }
}
