package io.oodmonitor.stream;

import io.oodmonitor.stream.prefetch.Backlog;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * What waits to be judged, at one moment.
 *
 * @param partitions    those of the image topics that this instance has, by topic and number
 * @param bytesInFlight bytes of images that the engine has and has not scored yet
 */
public record MonitorLoad(List<Partition> partitions, long bytesInFlight) {

    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    /**
     * One partition.
     *
     * @param lag           images on it that have no outcome yet; empty until the broker has said how many there are
     * @param pending       those of them that were read
     * @param oldestPending how long ago the first of those was read; zero without any
     */
    public record Partition(String topic, int partition, OptionalLong lag, int pending, Duration oldestPending) {}

    /** @param unread images that were not read yet, where that is known */
    static MonitorLoad of(Map<TopicPartition, Long> unread, Map<TopicPartition, Backlog> backlogs, long bytesInFlight) {
        Set<TopicPartition> all = new TreeSet<>(ORDER);
        all.addAll(unread.keySet());
        all.addAll(backlogs.keySet());
        return new MonitorLoad(all.stream().map(partition -> {
            Backlog read = backlogs.getOrDefault(partition, Backlog.NONE);
            OptionalLong lag = unread.containsKey(partition)
                    ? OptionalLong.of(unread.get(partition) + read.images()) : OptionalLong.empty();
            return new Partition(partition.topic(), partition.partition(), lag, read.images(), read.oldest());
        }).toList(), bytesInFlight);
    }

    /** Images without an outcome, on all the partitions; empty until that is known of each. */
    public OptionalLong lag() {
        return lag(partitions);
    }

    /** The same on a topic's partitions. */
    public OptionalLong lag(String topic) {
        return lag(partitions.stream().filter(partition -> partition.topic().equals(topic)).toList());
    }

    private static OptionalLong lag(List<Partition> partitions) {
        return partitions.stream().allMatch(partition -> partition.lag().isPresent())
                ? OptionalLong.of(partitions.stream().mapToLong(partition -> partition.lag().getAsLong()).sum())
                : OptionalLong.empty();
    }

    /** Images that were read and have no outcome yet. */
    public int pending() {
        return partitions.stream().mapToInt(Partition::pending).sum();
    }

    /** How long ago the first of those was read; zero without any. */
    public Duration oldestPending() {
        return partitions.stream().map(Partition::oldestPending).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }
}
