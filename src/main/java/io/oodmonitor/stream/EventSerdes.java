package io.oodmonitor.stream;

import io.oodmonitor.event.AvroSerdes;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** How the output records are written, and thresholds read back. */
public record EventSerdes(Serde<OodScore> scores, Serde<OodRate> rates, Serde<OodRateAlert> rateAlerts,
                          Serde<OodThreshold> thresholds) {

    /**
     * Serdes whose schemas the registry has.
     *
     * @throws org.apache.kafka.common.errors.SerializationException in one sentence, if the registry refuses a schema
     *         or does not answer
     */
    public static EventSerdes registered(RegistryClient registry, TopicNames topics) {
        // Alerts are scores on a topic of their own.
        serde(registry, OodScore.class, topics.alerts());
        return new EventSerdes(serde(registry, OodScore.class, topics.scores()),
                serde(registry, OodRate.class, topics.rates()),
                serde(registry, OodRateAlert.class, topics.rateAlerts()),
                serde(registry, OodThreshold.class, topics.thresholds()));
    }

    /** Reads a threshold as it stands on its topic. */
    Function<byte[], OodThreshold> thresholdReader(TopicNames topics) {
        return bytes -> thresholds.deserializer().deserialize(topics.thresholds(), bytes);
    }

    private static <T extends SpecificRecord> Serde<T> serde(RegistryClient registry, Class<T> type, String topic) {
        new AvroSerializer<>(registry, type).prepare(topic);
        return AvroSerdes.of(registry, type);
    }
}
