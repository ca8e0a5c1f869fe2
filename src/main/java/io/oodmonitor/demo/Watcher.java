package io.oodmonitor.demo;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Reads everything that the monitor commits, as any subscriber would, and keeps the ledger and the board up to date. */
final class Watcher implements AutoCloseable {

    private static final int WINDOWS = 60;
    private static final Duration POLL = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicNames topics;
    private final Ledger ledger;
    private final Board board;
    private final AvroDeserializer<ImageEvent> images;
    private final AvroDeserializer<OodScore> scores;
    private final AvroDeserializer<OodRate> rates;
    private final AvroDeserializer<OodRateAlert> rateAlerts;
    private final AvroDeserializer<OodThreshold> thresholds;
    private final Map<String, Deque<OodRate>> lastRates = new HashMap<>();
    private final Map<String, Boolean> raised = new HashMap<>();
    private final Deque<Long> lastVerdicts = new ArrayDeque<>();
    private final Thread thread = new Thread(this::read, "demo-watcher");
    private OodThreshold threshold;
    private long firstVerdictAt;
    private volatile RuntimeException failure;

    Watcher(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions, TopicNames topics,
            RegistryClient registry, Ledger ledger, Board board) {
        this.consumer = consumer;
        this.topics = topics;
        this.ledger = ledger;
        this.board = board;
        this.images = new AvroDeserializer<>(registry, ImageEvent.class);
        this.scores = new AvroDeserializer<>(registry, OodScore.class);
        this.rates = new AvroDeserializer<>(registry, OodRate.class);
        this.rateAlerts = new AvroDeserializer<>(registry, OodRateAlert.class);
        this.thresholds = new AvroDeserializer<>(registry, OodThreshold.class);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    see(record);
                }
            }
        } catch (WakeupException e) {
            // It is being closed.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private synchronized void see(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(topics.scores())) {
            long now = System.nanoTime();
            firstVerdictAt = firstVerdictAt == 0 ? System.currentTimeMillis() : firstVerdictAt;
            lastVerdicts.add(now);
            ledger.verdict(scores.deserialize(topic, record.value()), now);
        } else if (topic.equals(topics.deadLetters())) {
            // The demo damages files, never events: they can still be read.
            ledger.deadLetter(images.deserialize(topic, record.value()).getId());
        } else if (topic.equals(topics.rates())) {
            Deque<OodRate> rates = lastRates.computeIfAbsent(string(record.key()), source -> new ArrayDeque<>());
            rates.add(this.rates.deserialize(topic, record.value()));
            if (rates.size() > WINDOWS) {
                rates.remove();
            }
        } else if (topic.equals(topics.rateAlerts())) {
            OodRateAlert alert = rateAlerts.deserialize(topic, record.value());
            raised.put(alert.getSource(), alert.getState() == AlertState.RAISED);
            ledger.alert(alert);
            board.alert(alert);
        } else if (topic.equals(topics.thresholds())) {
            threshold = thresholds.deserialize(topic, record.value());
            notifyAll();
        }
    }

    private static String string(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Waits for a threshold from so many samples; empty if none came in time. */
    synchronized Optional<OodThreshold> awaitThreshold(int samples, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (threshold == null || threshold.getSamples() < samples) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0 || failure != null) {
                return Optional.empty();
            }
            wait(Math.min(left, 200));
        }
        return Optional.of(threshold);
    }

    /** When the first verdict was read, milliseconds since the epoch; 0 if none was. */
    synchronized long firstVerdictAt() {
        return firstVerdictAt;
    }

    synchronized double imagesPerSecond() {
        long since = System.nanoTime() - 1_000_000_000L;
        while (!lastVerdicts.isEmpty() && lastVerdicts.peek() < since) {
            lastVerdicts.remove();
        }
        return lastVerdicts.size();
    }

    synchronized List<OodRate> rates(String source) {
        return new ArrayList<>(lastRates.getOrDefault(source, new ArrayDeque<>()));
    }

    synchronized boolean isRaised(String source) {
        return raised.getOrDefault(source, false);
    }

    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
