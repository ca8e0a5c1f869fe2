package io.oodmonitor.stream.processor;

import io.oodmonitor.calibration.RateTest;
import io.oodmonitor.stream.state.PartitionProgress;
import io.oodmonitor.stream.state.SourceState;
import io.oodmonitor.stream.state.VerdictCounts;
import io.oodmonitor.stream.state.WindowCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Sums the partitions' counts, closes each window of each source once, and tests it. A closed window is final; what
 * comes late for it is counted, and marked, in the source's next one, so that every image counts exactly once.
 */
public final class RateProcessor extends ContextualProcessor<String, VerdictCounts, String, SourceReport> {

    /** The store's name; keys are sources. */
    public static final String STORE = "sources";

    /**
     * How many sources are remembered. Whoever sends images names their sources, and each is kept in memory: of more, those
     * that have been quiet for longest are forgotten and begin anew, those with an alert raised last.
     */
    static final int MOST_SOURCES = 20_000;

    private final WindowPolicy policy;
    private final RateTest test;
    private final Duration interval;
    private KeyValueStore<String, SourceState> store;

    /** @param interval how often sources that have gone quiet are looked at, by the wall clock */
    public RateProcessor(WindowPolicy policy, RateTest test, Duration interval) {
        this.policy = policy;
        this.test = test;
        this.interval = interval;
    }

    @Override
    public void init(ProcessorContext<String, SourceReport> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::closeQuiet);
    }

    @Override
    public void process(Record<String, VerdictCounts> record) {
        long now = context().currentSystemTimeMs();
        SourceWindows source = SourceWindows.of(policy, store.get(record.key()));
        source.add(record.value(), now);
        close(record.key(), source, now);
    }

    private void closeQuiet(long now) {
        List<KeyValue<String, SourceState>> open = new ArrayList<>();
        List<KeyValue<String, SourceState>> quiet = new ArrayList<>();
        try (KeyValueIterator<String, SourceState> all = store.all()) {
            all.forEachRemaining(source -> (source.value.getWindows().isEmpty() ? quiet : open).add(source));
        }
        forget(quiet, open.size() + quiet.size() - MOST_SOURCES);
        for (KeyValue<String, SourceState> source : open) {
            SourceWindows windows = SourceWindows.of(policy, source.value);
            if (windows.isAnyFinal(now)) {
                close(source.key, windows, now);
            }
        }
    }

    private void forget(List<KeyValue<String, SourceState>> quiet, int surplus) {
        if (surplus <= 0) {
            return;
        }
        quiet.sort(Comparator.comparing((KeyValue<String, SourceState> source) -> source.value.getRaised())
                .thenComparingLong(source -> heardAt(source.value)));
        quiet.stream().limit(surplus).forEach(source -> store.delete(source.key));
    }

    private static long heardAt(SourceState source) {
        return source.getPartitions().stream().mapToLong(PartitionProgress::getHeardAt).max().orElse(0);
    }

    private void close(String key, SourceWindows source, long now) {
        for (WindowCounts counts : source.takeFinal(now)) {
            SourceReport report = SourceReport.of(key, source.model(), counts, policy.window(), test, source.isRaised());
            report.alert().ifPresent(alert -> source.alerted(alert.getState()));
            context().forward(new Record<>(key, report, counts.getStart() + policy.window().toMillis()));
        }
        store.put(key, source.state());
    }
}
