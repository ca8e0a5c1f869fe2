package io.oodmonitor.history;

import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.MonitorConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a history from the output topics, as far back as it goes and then for as long as it is open, with a thread and
 * a consumer of its own. What fails is tried again for ever, with one warning: nothing of it touches the monitor.
 * Nobody is told of the past, only that it was read. Thread-safe.
 */
public final class TopicHistory implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(TopicHistory.class);

    private final MonitorConfig config;
    private final Instant since;
    private final HistoryRecords records;
    private final HistoryListener listener;
    private final Positions positions = new Positions();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "ood-history");
    private volatile OutputReader reader;
    private boolean told;

    private TopicHistory(MonitorConfig config, Instant since, History history, HistoryListener listener) {
        this.config = config;
        this.since = since;
        this.listener = listener;
        this.records = new HistoryRecords(config.topics(), new RegistryClient(config.registry()), history, listener);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts to read.
     *
     * @param since how far back
     */
    public static TopicHistory follow(MonitorConfig config, Instant since, History history, HistoryListener listener) {
        return new TopicHistory(config, since, history, listener);
    }

    private void follow() {
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            long start = System.nanoTime();
            try (OutputReader opened = new OutputReader(config, since, positions)) {
                reader = opened;
                read(opened);
            } catch (WakeupException e) {
                // It is being closed.
            } catch (RuntimeException e) {
                if (!told && closing.getCount() > 0) {
                    LOG.warn("The dashboard's history is not up to date, as the output topics cannot be read; it is "
                            + "tried again and again: {}", e.getMessage());
                }
                LOG.debug("Why the output topics cannot be read", e);
                told = true;
            }
            pause = System.nanoTime() - start > LONGEST_PAUSE.toNanos() ? FIRST_PAUSE : pause;
            await(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void read(OutputReader opened) {
        while (closing.getCount() > 0) {
            opened.poll(records);
            if (told) {
                LOG.info("The dashboard's history is read again");
                told = false;
            }
            if (!records.isLive() && opened.isAtEnd()) {
                records.live();
                listener.loaded();
            }
        }
    }

    private void await(Duration pause) {
        try {
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops within a bounded time. What was read stays in the history. */
    @Override
    public void close() {
        closing.countDown();
        OutputReader open = reader;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
