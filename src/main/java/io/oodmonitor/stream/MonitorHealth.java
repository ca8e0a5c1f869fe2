package io.oodmonitor.stream;

import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Whether the monitor does its work, at one moment. It has read the thresholds: the stream starts with them.
 *
 * @param stream        the state of Kafka Streams
 * @param threadsRun    whether every stream thread has its partitions and state, and none that died is still to be
 *                      replaced; Kafka Streams counts itself as running meanwhile
 * @param engineFailure why no image can be scored at the moment, if so
 */
public record MonitorHealth(KafkaStreams.State stream, boolean threadsRun, Optional<String> engineFailure) {

    /** The stream works, or is about to: it finds its partitions and restores its state. */
    public boolean isLive() {
        return stream.isRunningOrRebalancing();
    }

    /** Images that come now are judged: the stream has its partitions and state, and the engine scores. */
    public boolean isReady() {
        return stream == KafkaStreams.State.RUNNING && threadsRun && engineFailure.isEmpty();
    }
}
