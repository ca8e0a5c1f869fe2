package io.oodmonitor.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The only replicas of the verdicts are gone for longer than a producer tries to reach them. */
@Timeout(300)
class LateReplicationIT {

    private static final int IMAGES_PER_SECOND = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DELIVERY = Duration.ofSeconds(2);
    private static final Duration OUTAGE = DELIVERY.plus(Cluster.SHORTEST_OUTAGE);
    private static final int LIVING = 1;
    private static final int KILLED = 2;

    @TempDir
    private Path folder;

    @Test
    void shouldRestoreTasksAndKeepThreadsIfACommitCannotBeReplicatedInTime() throws Exception {
        try (Site site = Site.build(folder, KILLED); Admin admin = site.admin()) {
            MonitorConfig config = config(site);
            String brokers = site.cluster().direct();
            new TopicSetup(admin, brokers, PATIENCE).ensure(Topics.specs(config, 4, (short) 1));
            Ledger ledger = new Ledger();
            try (Monitor monitor = Monitor.start(config);
                    CommittedRecords<byte[], OodScore> scores = CommittedRecords.of(brokers,
                            new ByteArrayDeserializer(),
                            new AvroDeserializer<>(new RegistryClient(config.registry()), OodScore.class),
                            config.topics().scores());
                    Watch watch = new Watch(brokers, config, ledger);
                    NumberedLoad load = new NumberedLoad(brokers, config, ledger, IMAGES_PER_SECOND, 1)) {
                assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
                scores.awaitCount(1, PATIENCE);
                moveAllBut(config.topics().scores(), admin);
                assertThat(watch.awaitPast(ledger.ends(config.topics().images()), PATIENCE)).isPresent();

                site.cluster().outage(List.of(KILLED - 1), OUTAGE);
                assertThat(metric(monitor, "producer-metrics", "record-error-total")).isPositive();

                assertThat(watch.awaitPast(ledger.ends(config.topics().images()), PATIENCE)).isPresent();
                load.check();
                assertThat(scores.awaitEnd(PATIENCE)).extracting(score -> score.value().getId())
                        .doesNotHaveDuplicates();
                assertThat(metric(monitor, "stream-metrics", "failed-stream-threads")).isZero();
            }
        }
    }

    private MonitorConfig config(Site site) {
        Map<String, Object> settings = new HashMap<>(site.config().originals());
        settings.put(MonitorConfig.BUNDLE, site.bundles().latest().toString());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        // A delivery must have time for both of the others.
        String delivery = Long.toString(DELIVERY.toMillis());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), delivery);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG), delivery);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "0");
        // No transaction times out meanwhile, which would be another story.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Long.toString(PATIENCE.toMillis()));
        return new MonitorConfig(settings);
    }

    /** One topic is where it goes away, and all others, Kafka's own too, where they stay. */
    private static void moveAllBut(String leaving, Admin admin) throws Exception {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
        Map<TopicPartition, Optional<NewPartitionReassignment>> moves = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
            int broker = topic.name().equals(leaving) ? KILLED : LIVING;
            topic.partitions().forEach(partition -> moves.put(new TopicPartition(topic.name(), partition.partition()),
                    Optional.of(new NewPartitionReassignment(List.of(broker)))));
        }
        admin.alterPartitionReassignments(moves).all().get();
        await().atMost(PATIENCE).until(() -> admin.listPartitionReassignments().reassignments().get().isEmpty());
    }

    /** Summed over all clients. */
    private static double metric(Monitor monitor, String group, String name) {
        return monitor.streams().metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals(group) && metric.metricName().name().equals(name))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue()).sum();
    }
}
