package io.oodmonitor.bench;

import io.oodmonitor.cli.CommandFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Sends events that were made beforehand, in numbered keys, and reads the same keys where they are committed: from one
 * topic to another with something in between, or straight back. One sending at a time; otherwise thread-safe.
 */
final class Traffic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    /** How long it may take until a sender sees that it is to stop. */
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What is due within this time is due together: a thread that wakes up for every image costs more than it. */
    private static final long STEP_NANOS = 1_000_000;
    private static final long AHEAD_BYTES = 64L << 20;
    /** More only keeps the cores busy with sending while something is measured. */
    private static final long AHEAD_IMAGES = 32_768;

    private final Producer<byte[], byte[]> producer;
    private final String input;
    private final List<byte[]> events;
    private final Consumer<byte[], byte[]> consumer;
    private final Optional<String> deadLetters;
    private final Guard guard;
    private final Tally tally = new Tally();
    private final Thread reader = new Thread(this::read, "bench-reader");
    private Thread sender;
    private volatile boolean sending;
    private volatile boolean closed;
    private volatile Throwable failure;

    /**
     * Starts to read.
     *
     * @param events      values to send, in turn
     * @param outputs     where keys come out
     * @param deadLetters the topic among them whose records are no verdicts, if there is one
     */
    Traffic(Producer<byte[], byte[]> producer, String input, List<byte[]> events, Consumer<byte[], byte[]> consumer,
            Collection<TopicPartition> outputs, Optional<String> deadLetters, Guard guard) {
        this.producer = producer;
        this.input = input;
        this.events = List.copyOf(events);
        this.consumer = consumer;
        this.deadLetters = deadLetters;
        this.guard = guard;
        // What is under way when it is closed fails, and may.
        guard.watch(() -> closed ? Optional.empty() : Optional.ofNullable(failure));
        consumer.assign(outputs);
        consumer.seekToBeginning(outputs);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    boolean isDeadLetter = deadLetters.filter(record.topic()::equals).isPresent();
                    tally.arrived(ByteBuffer.wrap(record.key()).getInt(), isDeadLetter, now);
                }
            }
        } catch (WakeupException e) {
            // It is being closed.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /**
     * Sends as fast as images come out, up to so many ahead of them, or 32,768 or 64 MiB if that is less. Goes on once
     * a quarter of them has come out: a burst costs producer and broker less than the same images one by one.
     *
     * @param ahead enough of them that it is never this that holds the stream back
     */
    void saturate(long ahead) {
        saturate(ahead, AHEAD_BYTES);
    }

    /** The same with a bound of its own on the bytes that it is ahead. */
    void saturate(long ahead, long aheadBytes) {
        long bytes = events.stream().mapToLong(event -> event.length).sum() / events.size();
        long most = Math.max(2, Math.min(Math.min(ahead, AHEAD_IMAGES), aheadBytes / bytes));
        start(() -> {
            while (sending) {
                if (tally.awaitAhead(3 * most / 4, LOOK)) {
                    for (long room = most - tally.ahead(); sending && room > 0; room--) {
                        send(System.nanoTime());
                    }
                }
            }
        });
    }

    /** Sends so many a second, each as soon as it is due, to the millisecond. */
    void pace(double imagesPerSecond) {
        start(() -> {
            long begin = System.nanoTime();
            for (long i = 0; sending; i++) {
                long steps = (long) Math.ceil(i * 1e9 / imagesPerSecond / STEP_NANOS);
                long due = begin + steps * STEP_NANOS;
                for (long left = due - System.nanoTime(); sending && left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(Math.min(left, LOOK.toNanos()));
                }
                if (sending) {
                    send(due);
                }
            }
        });
    }

    /** What a sender does until it is stopped. */
    @FunctionalInterface
    private interface Sending {
        void run() throws InterruptedException;
    }

    private void start(Sending task) {
        if (sender != null) {
            throw new IllegalStateException("It is sending already");
        }
        sending = true;
        sender = new Thread(() -> {
            try {
                task.run();
            } catch (InterruptedException | InterruptException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure = e;
            }
        }, "bench-sender");
        sender.setDaemon(true);
        sender.start();
    }

    private void send(long due) {
        int number = tally.sent(due);
        byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        producer.send(new ProducerRecord<>(input, key, events.get(number % events.size())), (metadata, e) -> {
            if (e != null) {
                failure = e;
            }
        });
    }

    /** Stops sending and waits until everything has come out, or nothing more does for a minute. */
    void finish() throws InterruptedException {
        stopSending();
        producer.flush();
        long before = -1;
        while (tally.ahead() > 0 && tally.mark().images() != before) {
            before = tally.mark().images();
            long known = before;
            guard.await(() -> tally.ahead() == 0 || tally.mark().images() != known, PATIENCE);
        }
    }

    private void stopSending() throws InterruptedException {
        sending = false;
        if (sender != null) {
            sender.join();
            sender = null;
        }
    }

    /** Waits for the next image to come out. */
    void awaitNext() throws InterruptedException {
        long before = tally.mark().images();
        if (!guard.await(() -> tally.mark().images() > before, PATIENCE)) {
            throw new CommandFailure("No image came out within " + PATIENCE.toSeconds() + " s: a network this slow "
                    + "needs no bench");
        }
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        closed = true;
        try {
            stopSending();
            producer.close(Duration.ZERO);
            consumer.wakeup();
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
