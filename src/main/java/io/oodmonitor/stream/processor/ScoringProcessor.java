package io.oodmonitor.stream.processor;

import io.oodmonitor.event.EventLimits;
import io.oodmonitor.stream.prefetch.Outcome;
import io.oodmonitor.stream.prefetch.Prefetch;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Replaces each image record by its outcome, in order. The record counts as processed only after its own outcome was
 * forwarded, so none is lost whatever becomes of the engine's work.
 */
public final class ScoringProcessor extends ContextualProcessor<byte[], byte[], byte[], Outcome> {

    private final Prefetch prefetch;
    private final String topic;
    private final RecordLimits limits;
    private final CommitPace pace;

    public ScoringProcessor(Prefetch prefetch, String topic, EventLimits limits, CommitPace pace) {
        this.prefetch = prefetch;
        this.topic = topic;
        this.limits = new RecordLimits(limits);
        this.pace = pace;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        context().forward(limits.refused(record).orElseGet(() -> scored(record)));
        if (pace.isDue(context().currentSystemTimeMs())) {
            context().commit();
        }
    }

    private Record<byte[], Outcome> scored(Record<byte[], byte[]> record) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        return record.withValue(prefetch.claim(new TopicPartition(origin.topic(), origin.partition()), origin.offset(),
                record.value()));
    }

    @Override
    public void close() {
        // INVARIANT: the partition of a task is the partition of its input topic.
        prefetch.drop(new TopicPartition(topic, context().taskId().partition()));
    }
}
