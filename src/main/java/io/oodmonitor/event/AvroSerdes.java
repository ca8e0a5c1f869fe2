package io.oodmonitor.event;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Pairs of {@link AvroSerializer} and {@link AvroDeserializer}. */
public final class AvroSerdes {

    private AvroSerdes() {
    }

    /** For the values of topics that hold records of that class. Thread-safe. */
    public static <T extends SpecificRecord> Serde<T> of(RegistryClient registry, Class<T> type) {
        return Serdes.serdeFrom(new AvroSerializer<>(registry, type), new AvroDeserializer<>(registry, type));
    }
}
