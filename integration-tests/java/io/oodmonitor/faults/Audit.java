package io.oodmonitor.faults;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads every output topic from its beginning and compares it with what was acknowledged. */
final class Audit {

    private static final Duration STEP = Duration.ofMillis(250);
    /** Longer than a window takes to become final. */
    private static final Duration RATE_PATIENCE = Duration.ofSeconds(60);

    private final TopicReader reader;
    private final RegistryClient registry;
    private final TopicNames topics;
    private final Ledger ledger;

    Audit(String bootstrapServers, MonitorConfig config, Ledger ledger) {
        this.reader = new TopicReader(bootstrapServers);
        this.registry = new RegistryClient(config.registry());
        this.topics = config.topics();
        this.ledger = ledger;
    }

    /**
     * Waits until the application has committed all that was acknowledged; false if it has not in time. To be called
     * when nothing is sent any more.
     */
    boolean awaitDone(Admin admin, String group, Duration patience) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isDone(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(STEP.toMillis());
        }
        return true;
    }

    private boolean isDone(Map<TopicPartition, OffsetAndMetadata> committed) {
        return topics.inputs().stream().allMatch(topic -> ledger.ends(topic).entrySet().stream().allMatch(end -> {
            OffsetAndMetadata offset = committed.get(new TopicPartition(topic, end.getKey()));
            return offset != null && offset.offset() > end.getValue();
        }));
    }

    /** Counts. */
    Findings findings() throws InterruptedException {
        Outcomes outcomes = new Outcomes(ledger);
        Thresholds thresholds = new Thresholds();
        long[] records = new long[2];
        AvroDeserializer<OodThreshold> thresholdReader = of(OodThreshold.class);
        reader.read(topics.thresholds(), record ->
                thresholds.published(thresholdReader.deserialize(record.topic(), record.value())));
        AvroDeserializer<OodScore> scoreReader = of(OodScore.class);
        reader.read(topics.scores(), record -> {
            records[0]++;
            OodScore score = scoreReader.deserialize(record.topic(), record.value());
            outcomes.verdict(score.getId(), record.topic(), record.partition());
            thresholds.judged(score, record.partition());
        });
        reader.read(topics.deadLetters(), record -> {
            records[1]++;
            outcomes.deadLetter(Origin.of(record), record.topic(), record.partition());
        });
        long lost = outcomes.lost();
        return new Findings(sent(topics.images()), sent(topics.calibrationImages()), ledger.unacknowledged().size(),
                records[0], records[1], lost, outcomes.doubled(), outcomes.outOfOrder(), outcomes.wrong(),
                thresholds.count(), thresholds.back(), thresholds.foreign(), thresholds.misnamed(),
                uncounted(records[0]), alertsOutOfTurn(), List.copyOf(thresholds.modelVersions()), thresholds.earlier(),
                outcomes.examples());
    }

    private long sent(String topic) {
        return ledger.all().stream().filter(sent -> sent.origin().topic().equals(topic)).count();
    }

    /** Verdicts that the rates lack, once the last windows are final; negative if they count some twice. */
    private long uncounted(long verdicts) throws InterruptedException {
        AvroDeserializer<OodRate> rates = of(OodRate.class);
        long deadline = System.nanoTime() + RATE_PATIENCE.toNanos();
        while (true) {
            long[] counted = new long[1];
            reader.read(topics.rates(), record -> {
                OodRate rate = rates.deserialize(record.topic(), record.value());
                counted[0] += rate.getImages() + rate.getUncalibrated();
            });
            if (counted[0] >= verdicts || System.nanoTime() > deadline) {
                return verdicts - counted[0];
            }
            Thread.sleep(STEP.toMillis());
        }
    }

    private long alertsOutOfTurn() {
        AvroDeserializer<OodRateAlert> alerts = of(OodRateAlert.class);
        Map<String, AlertState> states = new HashMap<>();
        long[] outOfTurn = new long[1];
        reader.read(topics.rateAlerts(), record -> {
            OodRateAlert alert = alerts.deserialize(record.topic(), record.value());
            AlertState before = Objects.requireNonNullElse(states.put(alert.getSource(), alert.getState()),
                    AlertState.CLEARED);
            outOfTurn[0] += before == alert.getState() ? 1 : 0;
        });
        return outOfTurn[0];
    }

    private <T extends SpecificRecord> AvroDeserializer<T> of(Class<T> type) {
        return new AvroDeserializer<>(registry, type);
    }
}
