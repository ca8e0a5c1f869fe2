package io.oodmonitor.cli;

import io.oodmonitor.event.ImageEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Sends events and counts those that every in-sync replica has. Ends with the first failure. Thread-safe. */
final class Delivery {

    private final Producer<String, ImageEvent> producer;
    private final String topic;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    Delivery(Producer<String, ImageEvent> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** @throws RuntimeException of one sentence, if this event or an earlier one could not be sent */
    void send(ImageEvent event) {
        throwFailure();
        int size = event.getImage().remaining();
        // By id, so that the images of a source spread over the partitions.
        producer.send(new ProducerRecord<>(topic, event.getId(), event), (metadata, e) -> {
            if (e == null) {
                delivered.incrementAndGet();
                bytes.addAndGet(size);
            } else {
                failure.compareAndSet(null, failed(event, e));
            }
        });
    }

    private RuntimeException failed(ImageEvent event, Exception e) {
        if (e instanceof RecordTooLargeException) {
            return new CommandFailure("The image " + event.getId() + " of " + event.getImage().remaining()
                    + " bytes is larger than topic " + topic + " or the producer allows: " + e.getMessage(), e);
        }
        return new CommandFailure("The image " + event.getId() + " could not be sent to " + topic + ": "
                + e.getMessage(), e);
    }

    /** Waits until all events are delivered. */
    void finish() {
        try {
            producer.flush();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        }
        throwFailure();
    }

    private void throwFailure() {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    long delivered() {
        return delivered.get();
    }

    /** Of the images, without what goes around them. */
    long bytes() {
        return bytes.get();
    }
}
