package io.oodmonitor.stream;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.stream.prefetch.Outcome;
import io.oodmonitor.stream.prefetch.Prefetch;
import io.oodmonitor.stream.processor.CommitPace;
import io.oodmonitor.stream.processor.DeadLetterProcessor;
import io.oodmonitor.stream.processor.JudgeProcessor;
import io.oodmonitor.stream.processor.Judged;
import io.oodmonitor.stream.processor.Labels;
import io.oodmonitor.stream.processor.MonitorListener;
import io.oodmonitor.stream.processor.MonitoredModel;
import io.oodmonitor.stream.processor.RateProcessor;
import io.oodmonitor.stream.processor.SampleProcessor;
import io.oodmonitor.stream.processor.ScoringProcessor;
import io.oodmonitor.stream.processor.SourceReport;
import io.oodmonitor.stream.processor.ThresholdProcessor;
import io.oodmonitor.stream.processor.ThresholdStore;
import io.oodmonitor.stream.processor.VerdictCounter;
import io.oodmonitor.stream.state.StateSerde;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology, whole.
 *
 * <pre>
 * images ------------> score -> judge --+--> ood-scores
 *                        |              +--> ood-alerts                                  (out of distribution only)
 *                        |              +--> count -> [by source] -> rates --+--> ood-rates
 *                        |                                                   +--> ood-rate-alerts
 *                        +--> ood-dead-letters
 * calibration-images -> score -> check the label -> sample -> [by detector] -> threshold -> ood-thresholds = store
 *                        |            |
 *                        +------------+--> ood-dead-letters
 * </pre>
 */
public final class MonitorTopology {

    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final MonitoredModel model;
    private final Prefetch prefetch;
    private final CommitPace pace;
    private final MonitorConfig config;
    private final EventSerdes events;
    private final MonitorListener listener;
    private final Function<byte[], OodThreshold> thresholdReader;
    private final TopicNames topics;
    private final StreamsBuilder builder = new StreamsBuilder();

    private MonitorTopology(MonitoredModel model, Prefetch prefetch, CommitPace pace, MonitorConfig config,
                            EventSerdes events, MonitorListener listener) {
        this.model = model;
        this.prefetch = prefetch;
        this.pace = pace;
        this.config = config;
        this.events = events;
        this.listener = listener;
        this.topics = config.topics();
        this.thresholdReader = events.thresholdReader(topics);
    }

    /** Builds the topology for one model. */
    public static Topology build(MonitoredModel model, Prefetch prefetch, CommitPace pace, MonitorConfig config,
                                 EventSerdes events, MonitorListener listener) {
        MonitorTopology topology = new MonitorTopology(model, prefetch, pace, config, events, listener);
        topology.addThresholds();
        topology.addImages();
        topology.addCalibration();
        return topology.builder.build();
    }

    private void addThresholds() {
        builder.addGlobalStore(inMemory(ThresholdStore.NAME, BYTES).withLoggingDisabled(), topics.thresholds(),
                Consumed.with(TEXT, BYTES), ThresholdStore::new);
    }

    private void addImages() {
        KStream<byte[], Outcome> outcomes = scored(topics.images(), "images");
        rejected(outcomes, "images");
        KStream<byte[], Judged> judged = accepted(outcomes)
                .processValues(() -> new JudgeProcessor(model, thresholdReader, listener), Named.as("judge"));
        KStream<byte[], OodScore> verdicts = judged.mapValues(Judged::score);
        verdicts.to(topics.scores(), Produced.with(BYTES, events.scores()));
        verdicts.filter((key, score) -> score.getVerdict() == Verdict.OUT_OF_DISTRIBUTION)
                .to(topics.alerts(), Produced.with(BYTES, events.scores()));
        addRates(judged);
    }

    private void addRates(KStream<byte[], Judged> judged) {
        Duration interval = config.rateInterval();
        builder.addStateStore(inMemory(VerdictCounter.STORE, StateSerde.verdictCounts()).withCachingEnabled());
        builder.addStateStore(inMemory(RateProcessor.STORE, StateSerde.sourceState()));
        KStream<String, SourceReport> reports = judged
                .process(() -> new VerdictCounter(config.windowPolicy().window(), interval), Named.as("count"),
                        VerdictCounter.STORE)
                .repartition(Repartitioned.with(TEXT, StateSerde.verdictCounts()).withName("verdict-counts"))
                .process(() -> new RateProcessor(config.windowPolicy(), config.rateTest(), interval), Named.as("rates"),
                        RateProcessor.STORE);
        reports.mapValues(SourceReport::rate).to(topics.rates(), Produced.with(TEXT, events.rates()));
        reports.flatMapValues(report -> report.alert().stream().toList())
                .to(topics.rateAlerts(), Produced.with(TEXT, events.rateAlerts()));
    }

    private void addCalibration() {
        Labels labels = new Labels(model.classes());
        KStream<byte[], Outcome> outcomes = scored(topics.calibrationImages(), "calibration").mapValues(labels::check);
        rejected(outcomes, "calibration");
        builder.addStateStore(inMemory(ThresholdProcessor.SAMPLES, StateSerde.calibrationSample()));
        builder.addStateStore(inMemory(ThresholdProcessor.STATES, StateSerde.calibrationState()));
        accepted(outcomes)
                .process(() -> new SampleProcessor(model, labels, thresholdReader), Named.as("sample"))
                .repartition(Repartitioned.with(TEXT, StateSerde.calibrationSample()).withName("calibration-samples"))
                .process(() -> new ThresholdProcessor(model, config.calibrationPolicy(), thresholdReader),
                        Named.as("threshold"), ThresholdProcessor.SAMPLES, ThresholdProcessor.STATES)
                .to(topics.thresholds(), Produced.with(TEXT, events.thresholds()));
    }

    private KStream<byte[], Outcome> scored(String topic, String name) {
        return builder.stream(topic, Consumed.with(BYTES, BYTES).withTimestampExtractor(new ArrivalTimestamp()))
                .process(() -> new ScoringProcessor(prefetch, topic, config.eventLimits(), pace),
                        Named.as("score-" + name));
    }

    private static KStream<byte[], Outcome.Scored> accepted(KStream<byte[], Outcome> outcomes) {
        return outcomes.filter((key, outcome) -> outcome instanceof Outcome.Scored)
                .mapValues(Outcome.Scored.class::cast);
    }

    private void rejected(KStream<byte[], Outcome> outcomes, String name) {
        outcomes.filter((key, outcome) -> outcome instanceof Outcome.Rejected)
                .mapValues(Outcome.Rejected.class::cast)
                .process(() -> new DeadLetterProcessor(listener), Named.as("reject-" + name))
                .to(topics.deadLetters(), Produced.with(BYTES, BYTES));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> inMemory(String name, Serde<V> serde) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), TEXT, serde);
    }
}
