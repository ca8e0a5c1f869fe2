package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.stream.state.StateSerde;
import io.oodmonitor.stream.state.VerdictCounts;
import io.oodmonitor.stream.state.WindowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts over one store, as its changelog would restore it. */
class VerdictCounterTest {

    private final KeyValueStore<String, VerdictCounts> store = Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(VerdictCounter.STORE), Serdes.String(), StateSerde.verdictCounts())
            .withLoggingDisabled().build();
    private MockProcessorContext<String, VerdictCounts> context;

    @BeforeEach
    void open() {
        context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(10_000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private VerdictCounter started() {
        VerdictCounter counter = counter();
        counter.init(context);
        return counter;
    }

    private static VerdictCounter counter() {
        return new VerdictCounter(Duration.ofSeconds(1), Duration.ofMillis(100));
    }

    private static void count(VerdictCounter counter, String source, int images) {
        for (int i = 0; i < images; i++) {
            counter.process(judged(source + i, source, Verdict.IN_DISTRIBUTION, 5_000));
        }
    }

    private static Record<byte[], Judged> judged(String id, String source, Verdict verdict, long timestamp) {
        return new Record<>(new byte[0], new Judged(new OodScore(id, source, Instant.EPOCH, Instant.EPOCH, "parts", "1",
                "dice@90#0", "bolt", 0, 0.5f, 1f, -1f, 0.0, 1L, 0.5, verdict), Optional.empty()), timestamp);
    }

    private void passOn() {
        context.scheduledPunctuators().get(context.scheduledPunctuators().size() - 1).getPunctuator().punctuate(10_100);
    }

    private long passedOn(String source) {
        return context.forwarded().stream().filter(each -> each.record().key().equals(source))
                .flatMap(each -> each.record().value().getWindows().stream()).mapToLong(WindowCounts::getImages).sum();
    }

    @Test
    void shouldPassOnWhatAnotherCountedBeforeItsCrash() {
        count(started(), "gate", 3);

        VerdictCounter restarted = started();
        count(restarted, "gate", 2);
        passOn();

        assertThat(passedOn("gate")).isEqualTo(5);
    }

    @Test
    void shouldPassOnEveryVerdictOnce() {
        VerdictCounter counter = started();
        count(counter, "gate", 3);
        count(counter, "belt", 1);
        passOn();
        passOn();

        assertThat(passedOn("gate")).isEqualTo(3);
        assertThat(passedOn("belt")).isEqualTo(1);
        assertThat(store.all()).isExhausted();
    }

    @Test
    void shouldPassOnASourceWhoseTimestampsLieInManyWindowsBeforeItsCountsNoLongerFitARecord() {
        VerdictCounter counter = started();
        context.setCurrentSystemTimeMs(10_000_000);
        String id = "x".repeat(60_000);
        for (int i = 0; i < 1_000; i++) {
            counter.process(judged(id, "gate", Verdict.OUT_OF_DISTRIBUTION, i * 1_000L));
        }
        passOn();

        assertThat(passedOn("gate")).isEqualTo(1_000);
        assertThat(context.forwarded()).allSatisfy(each -> assertThat(StateSerde.verdictCounts().serializer()
                .serialize("counts", each.record().value())).hasSizeLessThan(500_000));
    }

    @Test
    void shouldNameSampleIdsWhileTheyAreShort() {
        VerdictCounter counter = started();
        counter.process(judged("y".repeat(3_000), "gate", Verdict.OUT_OF_DISTRIBUTION, 5_000));
        for (int i = 0; i < 20; i++) {
            counter.process(judged("image-" + i, "gate", Verdict.OUT_OF_DISTRIBUTION, 5_000));
        }
        passOn();

        assertThat(context.forwarded().get(0).record().value().getWindows().get(0).getSampleIds())
                .hasSize(10).contains("image-0", "image-9");
    }

    @Test
    void shouldBelieveTheStoreWhenItsTaskIsRevived() {
        VerdictCounter counter = started();
        count(counter, "gate", 3);
        // What was not committed is gone from the store, and the same processor is initialised once more.
        store.delete("gate");
        counter.init(context);
        count(counter, "gate", 1);
        passOn();

        assertThat(passedOn("gate")).isEqualTo(1);
    }
}
