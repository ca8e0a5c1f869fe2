package io.oodmonitor.stream.processor;

import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.stream.prefetch.Outcome;
import io.oodmonitor.stream.state.CalibrationSample;
import io.oodmonitor.stream.state.Features;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes of each calibration image what its detector's window keeps: the score by the mask in force, and the features
 * where the mask moves.
 */
public final class SampleProcessor extends ContextualProcessor<byte[], Outcome.Scored, String, CalibrationSample> {

    private final MonitoredModel model;
    private final Labels labels;
    private final Function<byte[], OodThreshold> reader;
    private Judge judge;

    /** @param reader reads a threshold as it stands on its topic */
    public SampleProcessor(MonitoredModel model, Labels labels, Function<byte[], OodThreshold> reader) {
        this.model = model;
        this.labels = labels;
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, CalibrationSample> context) {
        super.init(context);
        judge = new Judge(model, context.getStateStore(ThresholdStore.NAME), reader);
    }

    @Override
    public void process(Record<byte[], Outcome.Scored> record) {
        Score score = judge.judge(record.value().score()).score();
        context().forward(record.withKey(model.key().text()).withValue(new CalibrationSample(score.score(),
                labels.isCorrect(record.value()), model.mask().map(m -> Features.bytes(score.features())).orElse(null),
                score.maskVersion())));
    }

    @Override
    public void close() {
        judge.close();
    }
}
