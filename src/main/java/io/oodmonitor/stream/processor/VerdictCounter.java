package io.oodmonitor.stream.processor;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.stream.state.ThresholdRank;
import io.oodmonitor.stream.state.VerdictCounts;
import io.oodmonitor.stream.state.WindowCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts one partition's verdicts per source and window, and passes the counts on every so often: so the repartition
 * topic carries a record per source and interval instead of one per image; more where timestamps are strewn over many
 * windows. Every verdict is passed on once.
 */
public final class VerdictCounter extends ContextualProcessor<byte[], Judged, String, VerdictCounts> {

    /** The store's name; keys are sources. */
    public static final String STORE = "verdict-counts";

    private final long windowMillis;
    private final Duration interval;
    /** What the store holds, at hand: there it would be decoded anew for each image. */
    private final Map<String, VerdictCounts> counted = new HashMap<>();
    private KeyValueStore<String, VerdictCounts> store;

    /** @param interval how often counts are passed on, by the wall clock */
    public VerdictCounter(Duration window, Duration interval) {
        this.windowMillis = window.toMillis();
        this.interval = interval;
    }

    @Override
    public void init(ProcessorContext<String, VerdictCounts> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        // A task that is revived initialises the same processor once more.
        counted.clear();
        try (KeyValueIterator<String, VerdictCounts> all = store.all()) {
            all.forEachRemaining(source -> counted.put(source.key, source.value));
        }
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::passOn);
    }

    @Override
    public void process(Record<byte[], Judged> record) {
        OodScore score = record.value().score();
        // A producer whose clock runs ahead must not close windows that have not been: the future counts as now.
        long timestamp = Math.min(record.timestamp(), context().currentSystemTimeMs());
        long start = Math.floorDiv(timestamp, windowMillis) * windowMillis;
        VerdictCounts before = counted.get(score.getSource());
        List<WindowCounts> windows = before == null ? new ArrayList<>() : new ArrayList<>(before.getWindows());
        WindowTally.merge(windows, one(record.value(), start), start, 0);
        long observed = before == null ? timestamp : Math.max(before.getObserved(), timestamp);
        VerdictCounts after = new VerdictCounts(score.getModel(), context().taskId().partition(), observed, windows);
        if (windows.size() >= WindowTally.MOST_WINDOWS) {
            counted.remove(score.getSource());
            passOn(score.getSource(), after, context().currentSystemTimeMs());
        } else {
            counted.put(score.getSource(), after);
            store.put(score.getSource(), after);
        }
    }

    private static WindowCounts one(Judged judged, long start) {
        boolean ood = judged.score().getVerdict() == Verdict.OUT_OF_DISTRIBUTION;
        boolean uncalibrated = judged.score().getVerdict() == Verdict.UNCALIBRATED;
        return new WindowCounts(start, uncalibrated ? 0L : 1L, ood ? 1L : 0L, uncalibrated ? 1L : 0L, 0L,
                judged.rank().map(r -> new ThresholdRank(r.rank(), r.samples())).stream().toList(),
                ood ? List.of(judged.score().getId()) : List.of());
    }

    private void passOn(long now) {
        counted.forEach((source, counts) -> passOn(source, counts, now));
        counted.clear();
    }

    private void passOn(String source, VerdictCounts counts, long now) {
        context().forward(new Record<>(source, counts, now));
        store.delete(source);
    }
}
