package io.oodmonitor.bench;

import io.oodmonitor.cli.Clients;
import io.oodmonitor.stream.MonitorConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * What Kafka Streams alone costs: a topology with the monitor's settings, exactly once too, that answers every event
 * with 200 bytes and does nothing else. Idle when it is not measured. Not thread-safe.
 */
final class CopyingStream implements AutoCloseable {

    /** About what a verdict has. */
    private static final byte[] ANSWER = new byte[200];

    private final Guard guard;
    private final Duration length;
    private final Traffic traffic;
    private final KafkaStreams streams;

    /**
     * Starts on topics that are there.
     *
     * @param config of the monitor, with an application id and a folder for its state
     * @param length of each measurement
     */
    CopyingStream(MonitorConfig config, Clients clients, List<byte[]> events, String input, String output,
                  Duration length, Guard guard) throws InterruptedException {
        this.guard = guard;
        this.length = length;
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(input, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())).mapValues(event -> ANSWER)
                .to(output, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        this.streams = new KafkaStreams(builder.build(), config.streams());
        this.traffic = new Traffic(clients.bytesProducer(), input, events, clients.consumer(),
                clients.partitions(output), Optional.empty(), guard);
        streams.start();
    }

    /** With more than it can take, then until all has come out. */
    Copying saturated() throws InterruptedException {
        traffic.saturate(Long.MAX_VALUE);
        traffic.awaitNext();
        guard.pause(length.dividedBy(4));
        Tally.Mark begin = traffic.tally().mark();
        ProcessorTime earlier = ProcessorTime.now();
        guard.pause(length);
        double rate = traffic.tally().mark().since(begin);
        double millis = ProcessorTime.now().millisPerSecond(earlier) / rate;
        traffic.finish();
        return new Copying(rate, millis);
    }

    Tally.Totals totals() {
        return traffic.tally().totals();
    }

    @Override
    public void close() {
        traffic.close();
        streams.close();
    }
}
