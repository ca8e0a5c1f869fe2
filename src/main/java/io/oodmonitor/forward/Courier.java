package io.oodmonitor.forward;

import io.oodmonitor.event.MalformedRecordException;
import io.oodmonitor.event.RegistryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one alert after the other to the receiver, each until the receiver has it or will never take it. There is no
 * last try: an alert waits as long as the receiver is down, and those behind it in its partition with it. Thread-safe.
 */
public final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Webhook webhook;
    private final Function<ConsumerRecord<byte[], byte[]>, byte[]> body;
    private final Backoff backoff;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    /**
     * @param body what is sent for a record; may throw MalformedRecordException for one that nobody can read, and
     *             RegistryException for one that cannot be read now
     */
    public Courier(Webhook webhook, Function<ConsumerRecord<byte[], byte[]>, byte[]> body, Backoff backoff) {
        this.webhook = webhook;
        this.body = body;
        this.backoff = backoff;
    }

    /** Alerts that the receiver has. */
    public long delivered() {
        return delivered.get();
    }

    /** Alerts that it refused, or that could not be read. */
    public long skipped() {
        return skipped.get();
    }

    /** How long a try that is under way may still take. */
    Duration patience() {
        return webhook.timeout();
    }

    /**
     * Delivers a record, or finds that it cannot be.
     *
     * @param cancelled ends the waiting between tries
     * @return false if it was cancelled before it was settled
     * @throws ForwardingException if the receiver takes none of ours
     */
    boolean deliver(ConsumerRecord<byte[], byte[]> record, CountDownLatch cancelled) throws InterruptedException {
        if (record.value() == null) {
            return true;
        }
        String id = record.topic() + "-" + record.partition() + "-" + record.offset();
        for (int failures = 1; ; failures++) {
            Answer answer = attempt(id, record);
            switch (answer.fate()) {
                case DELIVERED -> {
                    delivered.incrementAndGet();
                    return true;
                }
                case REFUSED -> {
                    skipped.incrementAndGet();
                    LOG.warn("Alert {} is left out: the receiver {}", id, answer.what());
                    return true;
                }
                case UNWELCOME -> throw new ForwardingException("The receiver " + webhook.receiver() + " "
                        + answer.what() + " to alert " + id + ", and so to every one: look at the address, the secret "
                        + "and the receiver; nothing is lost meanwhile");
                case LATER -> {
                    Duration pause = pause(answer, failures);
                    LOG.warn("Alert {} is tried again in {} ms, as try {} failed: the receiver {}", id,
                            pause.toMillis(), failures, answer.what());
                    if (cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        return false;
                    }
                }
            }
        }
    }

    private Answer attempt(String id, ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        byte[] json;
        try {
            json = body.apply(record);
        } catch (MalformedRecordException e) {
            return Answer.refused("would not understand it: " + e.getMessage());
        } catch (RegistryException e) {
            return Answer.none("has to wait for the schema registry: " + e.getMessage());
        }
        return webhook.post(id, json);
    }

    private Duration pause(Answer answer, int failures) {
        Duration ours = backoff.pause(failures, ThreadLocalRandom.current());
        return answer.retryAfter().filter(theirs -> theirs.compareTo(ours) > 0).orElse(ours);
    }
}
