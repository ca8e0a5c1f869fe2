package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLineTest {

    private static final MonitorConfig CONFIG = new MonitorConfig(Map.of("bootstrap.servers", "kafka:9092",
            "schema.registry.url", "http://monitor:secret@registry:8081", "scores.topic", "verdicts"));

    @TempDir
    private Path folder;

    private Bundle bundle;

    @BeforeEach
    void setUp() throws IOException {
        bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
    }

    private String line(Optional<Path> data, Optional<URI> web) {
        return StartLine.of(bundle, List.of(ExecutionProvider.CPU), CONFIG, data, web);
    }

    @Test
    void shouldSayWhatWillBeDoneWithWhatAndWhere() {
        assertThat(line(Optional.empty(), Optional.of(URI.create("http://127.0.0.1:8080")))).hasLineCount(1)
                .startsWith("Judges images with tiny 1, 3 classes, 4 x 4 pixels, detector dice@50#0, on cpu; threshold ")
                .endsWith("; reads images, calibration-images; writes verdicts, ood-alerts, ood-rates, ood-rate-alerts, "
                        + "ood-thresholds, ood-dead-letters; Kafka kafka:9092; registry http://registry:8081; dashboard "
                        + "http://127.0.0.1:8080");
    }

    @Test
    void shouldSayWhereItsOwnBrokerKeepsDataAndNothingOfAServerThatIsOff() {
        assertThat(line(Optional.of(Path.of("data")), Optional.empty()))
                .contains("Kafka kafka:9092 (its own, data in data)").doesNotContain("status");
    }
}
