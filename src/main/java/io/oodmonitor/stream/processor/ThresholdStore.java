package io.oodmonitor.stream.processor;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the global store of thresholds equal to its topic. The store holds the records' bytes as they are. */
public final class ThresholdStore implements Processor<String, byte[], Void, Void> {

    /** The global store's name; its keys are those of {@link DetectorKey}. */
    public static final String NAME = "thresholds";

    private KeyValueStore<String, byte[]> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(NAME);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        store.put(record.key(), record.value());
    }
}
