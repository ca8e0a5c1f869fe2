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
     * How many sources are remembered. Whoever sends images names their sources, and each is kept in memory: of more,
     * those unheard of for longest are closed, forgotten and begin anew, those with an alert raised last.
     */
    static final int MOST_SOURCES = 20_000;

    private static final Comparator<KeyValue<String, SourceState>> FORGOTTEN_FIRST =
            Comparator.comparing((KeyValue<String, SourceState> source) -> source.value.getRaised())
                    .thenComparingLong(source -> heardAt(source.value));

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
        List<KeyValue<String, SourceState>> sources = new ArrayList<>();
        try (KeyValueIterator<String, SourceState> all = store.all()) {
            all.forEachRemaining(sources::add);
        }
        int surplus = Math.max(0, sources.size() - MOST_SOURCES);
        if (surplus > 0) {
            sources.sort(FORGOTTEN_FIRST);
        }
        for (int i = 0; i < sources.size(); i++) {
            String key = sources.get(i).key;
            SourceWindows source = SourceWindows.of(policy, sources.get(i).value);
            if (i < surplus) {
                report(key, source, source.windows());
                store.delete(key);
            } else if (source.isAnyFinal(now)) {
                close(key, source, now);
            }
        }
    }

    private static long heardAt(SourceState source) {
        return source.getPartitions().stream().mapToLong(PartitionProgress::getHeardAt).max().orElse(0);
    }

    private void close(String key, SourceWindows source, long now) {
        report(key, source, source.takeFinal(now));
        store.put(key, source.state());
    }

    private void report(String key, SourceWindows source, List<WindowCounts> windows) {
        for (WindowCounts counts : windows) {
            SourceReport report =
                    SourceReport.of(key, source.model(), counts, policy.window(), test, source.isRaised());
            report.alert().ifPresent(alert -> source.alerted(alert.getState()));
            context().forward(new Record<>(key, report, counts.getStart() + policy.window().toMillis()));
        }
    }
}
