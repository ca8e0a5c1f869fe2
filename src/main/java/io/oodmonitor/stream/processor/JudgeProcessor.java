package io.oodmonitor.stream.processor;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.stream.prefetch.Outcome;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Turns each score into a verdict by the threshold in force at that moment. */
public final class JudgeProcessor extends ContextualFixedKeyProcessor<byte[], Outcome.Scored, Judged> {

    private final MonitoredModel model;
    private final Function<byte[], OodThreshold> reader;
    private final MonitorListener listener;
    private Judge judge;

    /** @param reader reads a threshold as it stands on its topic */
    public JudgeProcessor(MonitoredModel model, Function<byte[], OodThreshold> reader, MonitorListener listener) {
        this.model = model;
        this.reader = reader;
        this.listener = listener;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Judged> context) {
        super.init(context);
        judge = new Judge(model, context.getStateStore(ThresholdStore.NAME), reader);
    }

    @Override
    public void process(FixedKeyRecord<byte[], Outcome.Scored> record) {
        ImageEvent event = record.value().event();
        Judged judged = judge.judged(event, record.value().score(), context().currentSystemTimeMs());
        context().forward(record.withValue(judged));
        OodScore verdict = judged.score();
        listener.judged(verdict);
        if (verdict.getVerdict() == Verdict.OUT_OF_DISTRIBUTION) {
            listener.flagged(verdict, event);
        }
    }

    @Override
    public void close() {
        judge.close();
    }
}
