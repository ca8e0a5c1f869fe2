package io.oodmonitor.stream.prefetch;

import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.scoring.DeviceLostException;
import io.oodmonitor.scoring.EngineException;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.ScoringEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits polled records to the engine and gives each one's outcome to whoever processes it. Thread-safe; one per
 * process.
 *
 * <p>INVARIANT: nothing is forwarded from here; an outcome reaches the topics only through {@link #claim}, called while
 * the record is processed. INVARIANT: {@link #claim} ends within the timeout, with an outcome or an exception.
 */
public final class Prefetch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Prefetch.class);

    private final ScoringEngine engine;
    private final Admission admission;
    private final AvroDeserializer<ImageEvent> deserializer;
    private final Set<String> topics;
    private final Duration timeout;
    private final Map<TopicPartition, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param topics  the topics that carry images; records of any other are left alone
     * @param timeout how long a record may wait for its outcome, retries included
     */
    public Prefetch(ScoringEngine engine, AvroDeserializer<ImageEvent> deserializer, Set<String> topics,
                    Duration timeout) {
        this.engine = engine;
        this.admission = new Admission(engine);
        this.deserializer = deserializer;
        this.topics = Set.copyOf(topics);
        this.timeout = timeout;
    }

    /** Submits what was polled: as far as the engine has room at once, the rest as others leave it. Never waits. */
    void offer(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            if (topics.contains(partition.topic())) {
                Lane lane = lane(partition);
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    if (record.value() != null) {
                        Pending pending = pending(partition, record.offset(), record.value());
                        lane.add(pending);
                        admission.add(pending);
                    }
                }
            }
        }
        admission.admit();
    }

    /**
     * Waits for the outcome of one record, submitting it first if it was not polled through the interceptor.
     *
     * @param value the record's value, null allowed
     * @throws EngineException if there was none in time, because the engine or the registry failed; the record is to be
     *                         processed again
     */
    public Outcome claim(TopicPartition partition, long offset, byte[] value) {
        if (value == null) {
            return new Outcome.Rejected(null, Reason.NULL_VALUE, "The record has no value");
        }
        Lane lane = lane(partition);
        Pending pending = lane.claim(offset, () -> pending(partition, offset, value));
        try {
            return await(partition, pending);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            lane.release();
        }
    }

    /**
     * Scores an image that no topic carries.
     *
     * @param event with the image
     * @return empty if too many such images wait for room in the engine; else its outcome, or what made that impossible
     */
    public Optional<CompletableFuture<Outcome>> score(ImageEvent event) {
        byte[] nothing = new byte[0];
        return admission.submit(decoder -> EventSource.image(event, decoder), event.getImage().remaining())
                .map(scored -> scored.handle((score, failure) -> failure == null
                        ? Rejection.scored(nothing, event, score)
                        : Rejection.of(nothing, failure).orElseThrow(() -> new CompletionException(failure))));
    }

    /** The offset in a partition before which {@link #claim} waits for no outcome, or has to. */
    long settledBefore(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        return lane == null ? Long.MAX_VALUE : lane.settledBefore(admission::hangs);
    }

    /** Whether the engine had no room yet for some images of a partition. */
    boolean waits(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        return lane != null && lane.waits();
    }

    /** Images that were polled and have no outcome yet, by partition. */
    public Map<TopicPartition, Backlog> backlogs() {
        Map<TopicPartition, Backlog> backlogs = new HashMap<>();
        lanes.forEach((partition, lane) -> backlogs.put(partition, lane.backlog()));
        return backlogs;
    }

    /** Forgets what was polled of a partition: it is processed elsewhere, or polled again. */
    public void drop(TopicPartition partition) {
        Lane lane = lanes.remove(partition);
        if (lane != null) {
            lane.clear();
        }
    }

    /** Whether the engine does not keep up with what was submitted. */
    public boolean isBehind() {
        return engine.isBehind();
    }

    private Outcome await(TopicPartition partition, Pending pending) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE.toNanos();
        Throwable last = null;
        boolean again = false;
        while (true) {
            try {
                if (again || !pending.isSubmitted()) {
                    submit(pending, deadline);
                }
                Score score = pending.score().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                return Rejection.scored(pending.source().value(), pending.source().event(), score);
            } catch (ExecutionException e) {
                Throwable failure = e.getCause();
                if (failure instanceof DeviceLostException lost) {
                    throw lost;
                }
                Optional<Outcome.Rejected> rejected = Rejection.of(pending.source().value(), failure);
                if (rejected.isPresent()) {
                    return rejected.get();
                }
                if (System.nanoTime() + pause >= deadline) {
                    return outOfTime(partition, pending, failure);
                }
                last = failure;
                LOG.warn("{} offset {} is tried again: {}", partition, pending.offset(), failure.getMessage());
                TimeUnit.NANOSECONDS.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
                again = true;
            } catch (TimeoutException e) {
                return outOfTime(partition, pending, last == null ? e : last);
            }
        }
    }

    private void submit(Pending pending, long deadline) throws InterruptedException, TimeoutException {
        if (!admission.trySubmit(pending, Duration.ofNanos(deadline - System.nanoTime()))) {
            throw new TimeoutException("the engine had no room for it");
        }
    }

    /** An image that memory lacked for to the end would stop the stream at this place for ever: it is given up. */
    private Outcome outOfTime(TopicPartition partition, Pending pending, Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return rejected(pending, Reason.IMAGE_TOO_LARGE, "There is no memory to decode the image: "
                    + failure.getMessage());
        }
        String why = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        throw new EngineException(partition + " offset " + pending.offset() + " was not scored within "
                + timeout.toMillis() + " ms" + why, failure);
    }

    private static Outcome rejected(Pending pending, Reason reason, String message) {
        return new Outcome.Rejected(pending.source().value(), reason, message);
    }

    private Lane lane(TopicPartition partition) {
        return lanes.computeIfAbsent(partition, p -> new Lane());
    }

    private Pending pending(TopicPartition partition, long offset, byte[] value) {
        return new Pending(offset, new EventSource(partition.topic(), value, deserializer));
    }
}
