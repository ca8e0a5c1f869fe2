package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.stream.prefetch.Backlog;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MonitorLoadTest {

    private static final TopicPartition FIRST = new TopicPartition("images", 2);
    private static final TopicPartition SECOND = new TopicPartition("images", 10);
    private static final Backlog BACKLOG = new Backlog(3, Duration.ofSeconds(2));

    @Test
    void shouldCountWhatWasReadAndWhatWasNot() {
        MonitorLoad load = MonitorLoad.of(Map.of(SECOND, 7L, FIRST, 0L), Map.of(SECOND, BACKLOG), 99);

        assertThat(load.partitions()).containsExactly(
                new MonitorLoad.Partition("images", 2, OptionalLong.of(0), 0, Duration.ZERO),
                new MonitorLoad.Partition("images", 10, OptionalLong.of(10), 3, Duration.ofSeconds(2)));
        assertThat(load.lag()).hasValue(10);
        assertThat(load.pending()).isEqualTo(3);
        assertThat(load.oldestPending()).isEqualTo(Duration.ofSeconds(2));
        assertThat(load.bytesInFlight()).isEqualTo(99);
    }

    @Test
    void shouldNotGuessALagThatTheBrokerHasNotTold() {
        MonitorLoad load = MonitorLoad.of(Map.of(FIRST, 7L), Map.of(SECOND, BACKLOG), 0);

        assertThat(load.partitions().get(1).lag()).isEmpty();
        assertThat(load.lag()).isEmpty();
        assertThat(load.pending()).isEqualTo(3);
    }

    @Test
    void shouldHaveNothingWithoutPartitions() {
        MonitorLoad load = MonitorLoad.of(Map.of(), Map.of(), 0);

        assertThat(load.lag()).hasValue(0);
        assertThat(load.oldestPending()).isZero();
    }
}
