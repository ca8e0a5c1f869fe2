package io.oodmonitor.web;

import io.oodmonitor.history.History;
import io.oodmonitor.history.PerformanceHistory;
import io.oodmonitor.history.PerformanceMeter;
import io.oodmonitor.history.PerformanceSample;
import io.oodmonitor.history.Thumbnails;
import io.oodmonitor.history.TopicHistory;
import io.oodmonitor.stream.DashboardSettings;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorHealth;
import io.oodmonitor.stream.processor.MonitorListener;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the dashboard's answers are made of, and what keeps it up to date. Thread-safe. */
final class Dashboard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

    /**
     * A monitor that it tells of.
     *
     * @param startedAt when it began to
     */
    record Told(Monitor monitor, Instant startedAt, DashboardSettings settings, History history,
                PerformanceHistory performance) {}

    private final Clock clock = Clock.systemUTC();
    private final PerformanceMeter meter = new PerformanceMeter();
    private final Thumbnails thumbnails = new Thumbnails();
    private final EventStreams events = new EventStreams(thumbnails);
    private final ScheduledExecutorService everySecond = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ood-dashboard");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Told told;
    private TopicHistory topics;

    Dashboard() {
        everySecond.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Listens to the monitor of this process. */
    List<MonitorListener> listeners() {
        return List.of(meter, thumbnails);
    }

    synchronized void tellOf(Monitor running) {
        DashboardSettings settings = DashboardSettings.from(running.config());
        if (settings.thumbnails()) {
            thumbnails.switchOn();
        }
        Instant now = clock.instant();
        History history = History.of(clock, settings.history());
        told = new Told(running, now, settings, history, new PerformanceHistory(settings.history()));
        stopReading();
        topics = TopicHistory.follow(running.config(), now.minus(settings.history()), history, events);
    }

    /** Empty before there is a monitor. */
    Optional<Told> told() {
        return Optional.ofNullable(told);
    }

    Thumbnails thumbnails() {
        return thumbnails;
    }

    EventStreams events() {
        return events;
    }

    /** Reads the output topics no more. */
    synchronized void stopReading() {
        if (topics != null) {
            topics.close();
            topics = null;
        }
    }

    private void tick() {
        try {
            Told now = told;
            OptionalLong lag = now == null ? OptionalLong.empty() : now.monitor().load().lag();
            PerformanceSample sample = meter.look(clock.millis(), lag);
            if (now != null && sample.millis() > 0) {
                now.performance().add(sample);
            }
            events.status(StatusContent.of(clock.millis(), told(), sample));
        } catch (RuntimeException e) {
            // Later looks are not to fail with this one.
            LOG.debug("The dashboard's figures of one second are missing", e);
        }
    }

    /** Why no image is judged, if so. */
    static Optional<String> whyNotReady(Optional<Told> told) {
        Optional<MonitorHealth> health = told.map(now -> now.monitor().health());
        return HealthContent.whyNotReady(health);
    }

    @Override
    public void close() {
        everySecond.shutdownNow();
        stopReading();
        events.close();
        thumbnails.close();
    }
}
