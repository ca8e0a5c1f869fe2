package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.scoring.DeviceLostException;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One run of a monitor, from its start until it is asked to stop or gives up; one line for each thing that happens. */
final class MonitorRun {

    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Instant start = Instant.now();
    private final Notices notices;
    private final boolean quiet;
    private final Optional<WebServer> web;

    /**
     * @param quiet whether to leave out what it did every ten seconds
     * @param web   is told of the monitor
     */
    MonitorRun(Notices notices, boolean quiet, Optional<WebServer> web) {
        this.notices = notices;
        this.quiet = quiet;
        this.web = web;
    }

    /**
     * Runs until a signal.
     *
     * @param data where its own broker keeps data, if it has one
     * @throws CommandFailure if the stream stopped by itself
     */
    void run(MonitorConfig config, Optional<Path> data, StopSignal stop) throws InterruptedException {
        try (Monitor monitor = start(config)) {
            web.ifPresent(server -> server.tellOf(monitor));
            try {
                follow(monitor, config, data, stop);
            } finally {
                // Its broker may be stopped next.
                web.ifPresent(WebServer::stopReading);
            }
        }
        notices.tell("Stopped.");
    }

    private void follow(Monitor monitor, MonitorConfig config, Optional<Path> data, StopSignal stop)
            throws InterruptedException {
        notices.tell(StartLine.of(monitor.bundle(), monitor.providers(), config, data, web.map(WebServer::url)));
        // The stream may stop by itself: then nothing is left to wait for.
        Thread watcher = new Thread(() -> requestWhenStopped(monitor, stop), "ood-run-watcher");
        watcher.setDaemon(true);
        watcher.start();
        awaitReady(monitor, stop);
        RunStatus status = new RunStatus(config.topics(), System::nanoTime);
        while (!stop.await(STATUS_INTERVAL)) {
            if (!quiet) {
                status.line(monitor.statistics(), monitor.produced()).ifPresent(notices::tell);
            }
        }
        if (monitor.failure().isPresent()) {
            Throwable failure = monitor.failure().get();
            throw new CommandFailure((failure instanceof DeviceLostException ? ""
                    : "The stream stopped by itself: ") + Failures.sentence(failure), failure);
        }
        notices.tell("Stopping...");
    }

    private Monitor start(MonitorConfig config) {
        return web.map(server -> Monitor.start(config, server::listener)).orElseGet(() -> Monitor.start(config));
    }

    private static void requestWhenStopped(Monitor monitor, StopSignal stop) {
        try {
            monitor.awaitStopped();
            stop.request();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(Monitor monitor, StopSignal stop) throws InterruptedException {
        boolean told = false;
        while (!monitor.awaitRunning(STATUS_INTERVAL)) {
            if (stop.await(PAUSE)) {
                return;
            }
            if (!told) {
                notices.tell(
                        "Waiting for partitions: an instance that ended badly keeps its own until its session ends.");
                told = true;
            }
        }
        notices.tell(notices.style().bold("READY") + " after "
                + Numbers.duration(Duration.between(start, Instant.now())) + ". Send images with 'ood-monitor send', "
                + "watch with 'ood-monitor watch alerts', end with Ctrl-C.");
    }
}
