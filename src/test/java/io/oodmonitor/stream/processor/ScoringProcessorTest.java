package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.EventLimits;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.scoring.BatchShapes;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.stream.prefetch.Outcome;
import io.oodmonitor.stream.prefetch.Prefetch;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScoringProcessorTest {

    private final ScoringEngine engine = new ScoringEngine(PixelNetwork.sound(),
            Framing.stretch(2, 2, Interpolation.BILINEAR),
            new EngineSettings(4, Duration.ofMillis(5), 2, 1, 1, 1 << 20, BatchShapes.EXACT, ImageLimits.DEFAULT));
    /** A record without a value has an outcome without a registry. */
    private final Prefetch prefetch = new Prefetch(engine, new AvroDeserializer<>(
            new RegistryClient(RegistrySettings.of(URI.create("http://127.0.0.1:1"))), ImageEvent.class),
            Set.of("images"), Duration.ofSeconds(2));
    private final MockProcessorContext<byte[], Outcome> context = new MockProcessorContext<>();

    @AfterEach
    void close() {
        engine.close();
    }

    private ScoringProcessor processor(boolean behind) {
        ScoringProcessor processor = new ScoringProcessor(prefetch, "images", EventLimits.NONE,
                new CommitPace(Duration.ofMillis(100), () -> behind));
        processor.init(context);
        context.setRecordMetadata("images", 0, 7);
        context.setCurrentSystemTimeMs(1_800_000_000_000L);
        return processor;
    }

    @Test
    void shouldAskForACommitOnceTheOutcomeIsForwardedAndTheEngineKeepsUp() {
        processor(false).process(new Record<>(null, null, 0));
        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldNotAskForACommitWhileTheEngineIsBehind() {
        processor(true).process(new Record<>(null, null, 0));
        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.committed()).isFalse();
    }
}
