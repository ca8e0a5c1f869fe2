package io.oodmonitor.stream.processor;

import io.oodmonitor.stream.prefetch.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns a rejected record into a dead letter: key and value untouched, its own headers kept, and beside them why and
 * where, in the names of KIP-1034. The exception's header holds the stable reason code.
 */
public final class DeadLetterProcessor extends ContextualProcessor<byte[], Outcome.Rejected, byte[], byte[]> {

    /** The reason code: a name of {@link io.oodmonitor.stream.prefetch.Reason}. */
    public static final String REASON_HEADER = "__streams.errors.exception";
    /** One sentence on what was wrong. */
    public static final String MESSAGE_HEADER = "__streams.errors.message";
    /** The topic that the record came from. */
    public static final String TOPIC_HEADER = "__streams.errors.topic";
    /** The partition that it came from, in decimal. */
    public static final String PARTITION_HEADER = "__streams.errors.partition";
    /** Its offset there, in decimal. */
    public static final String OFFSET_HEADER = "__streams.errors.offset";

    private static final int LONGEST_MESSAGE = 1_000;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    private final MonitorListener listener;

    public DeadLetterProcessor(MonitorListener listener) {
        this.listener = listener;
    }

    @Override
    public void process(Record<byte[], Outcome.Rejected> record) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        Outcome.Rejected rejected = record.value();
        Headers headers = new RecordHeaders(record.headers());
        put(headers, REASON_HEADER, rejected.reason().name());
        put(headers, MESSAGE_HEADER, shortened(rejected.message()));
        put(headers, TOPIC_HEADER, origin.topic());
        put(headers, PARTITION_HEADER, Integer.toString(origin.partition()));
        put(headers, OFFSET_HEADER, Long.toString(origin.offset()));
        context().forward(record.withValue(rejected.value()).withHeaders(headers));
        listener.rejected(rejected.reason());
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** On one line, whatever of the record it repeats. */
    private static String shortened(String message) {
        String line = CONTROLS.matcher(message).replaceAll("?");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE);
    }
}
