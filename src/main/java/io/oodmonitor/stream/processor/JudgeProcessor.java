package io.oodmonitor.stream.processor;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.stream.prefetch.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Turns each score into a verdict by the threshold in force at that moment. */
public final class JudgeProcessor extends ContextualFixedKeyProcessor<byte[], Outcome.Scored, Judged> {

    private final MonitoredModel model;
    private final DetectorKey key;
    private final Function<byte[], OodThreshold> reader;
    private final MonitorListener listener;
    private Judge judge;

    /** @param reader reads a threshold as it stands on its topic */
    public JudgeProcessor(MonitoredModel model, Function<byte[], OodThreshold> reader, MonitorListener listener) {
        this.model = model;
        this.key = model.key();
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
        Judged judged = judged(record.value().event(), record.value().score());
        context().forward(record.withValue(judged));
        listener.judged(judged.score());
    }

    @Override
    public void close() {
        judge.close();
    }

    private Judged judged(ImageEvent event, Score submitted) {
        Judge.Judgement judgement = judge.judge(submitted);
        Score score = judgement.score();
        Optional<Standard> standard = judgement.standard();
        OodScore verdictRecord = new OodScore(event.getId(), event.getSource(), event.getCapturedAt(),
                Instant.ofEpochMilli(context().currentSystemTimeMs()), key.model(), key.modelVersion(),
                key.detectorVersion(score.maskVersion()), model.classes().get(score.predictedIndex()),
                score.predictedIndex(),
                score.confidence(), score.score(), -score.score(),
                standard.map(Standard::threshold).orElse(null),
                standard.map(Standard::version).orElse(-1L),
                judgement.pValue().orElse(null), judgement.verdict());
        return new Judged(verdictRecord, standard.map(Standard::rank));
    }
}
