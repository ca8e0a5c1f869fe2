package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.calibration.RateTest;
import io.oodmonitor.stream.state.SourceState;
import io.oodmonitor.stream.state.StateSerde;
import io.oodmonitor.stream.state.ThresholdRank;
import io.oodmonitor.stream.state.VerdictCounts;
import io.oodmonitor.stream.state.WindowCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sources that mean harm can make it keep. Windows of a second, no grace, five seconds to be idle. */
class RateProcessorTest {

    private static final long NOW = 100_000_000;

    private final KeyValueStore<String, SourceState> store = Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(RateProcessor.STORE), Serdes.String(), StateSerde.sourceState())
            .withLoggingDisabled().build();
    private final MockProcessorContext<String, SourceReport> context = new MockProcessorContext<>();
    private final RateProcessor processor = new RateProcessor(
            new WindowPolicy(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(5)),
            new RateTest(1e-6, 0.01, 20, 2), Duration.ofMillis(100));

    @BeforeEach
    void open() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(NOW);
        processor.init(context);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void count(String source, int partition, long observed, long... starts) {
        List<WindowCounts> windows = new ArrayList<>();
        for (long start : starts) {
            windows.add(new WindowCounts(start, 1L, 0L, 0L, 0L, List.of(new ThresholdRank(5, 100)), List.of()));
        }
        processor.process(new Record<>(source, new VerdictCounts("parts", partition, observed, windows), NOW));
    }

    private void closeQuiet(long now) {
        context.setCurrentSystemTimeMs(now);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
    }

    private long reported() {
        return context.forwarded().stream().mapToLong(each -> each.record().value().rate().getImages()).sum();
    }

    @Test
    void shouldCloseTheOldestWindowsOfASourceWhosePartitionsNeverPassThem() {
        // One partition stays at 1970, so that no window is ever passed by all.
        count("gate", 0, 0);
        for (int i = 0; i < 1_000; i++) {
            count("gate", 1, i * 1_000L, i * 1_000L);
            assertThat(store.get("gate").getWindows()).hasSizeLessThanOrEqualTo(WindowTally.MOST_WINDOWS);
        }
        closeQuiet(NOW + 10_000);

        assertThat(reported()).isEqualTo(1_000);
        assertThat(context.forwarded()).extracting(each -> each.record().value().rate().getWindowStart())
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldForgetTheSourcesThatHaveBeenQuietForLongest() {
        for (int i = 0; i < RateProcessor.MOST_SOURCES + 500; i++) {
            context.setCurrentSystemTimeMs(NOW + i);
            count("source-" + i, 0, 1_000, 0);
        }
        assertThat(reported()).isEqualTo(RateProcessor.MOST_SOURCES + 500);
        closeQuiet(NOW + 60_000);

        assertThat(store.approximateNumEntries()).isEqualTo(RateProcessor.MOST_SOURCES);
        assertThat(store.get("source-499")).isNull();
        assertThat(store.get("source-500")).isNotNull();
    }

    @Test
    void shouldCloseTheWindowsOfSourcesThatItForgets() {
        for (int i = 0; i < RateProcessor.MOST_SOURCES + 500; i++) {
            context.setCurrentSystemTimeMs(NOW + i);
            count("source-" + i, 0, 500, 0);
        }
        assertThat(reported()).isZero();
        closeQuiet(NOW + 3_000);
        assertThat(reported()).isEqualTo(500);
        closeQuiet(NOW + 60_000);

        assertThat(reported()).isEqualTo(RateProcessor.MOST_SOURCES + 500);
    }
}
