package io.oodmonitor.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Verdicts cannot be replicated for longer than a producer tries to, so transactions fail between commits and while they
 * are committed, again and again.
 *
 * <p>Every partition keeps its leader: where one has none, Kafka 4.3.1 forgets to end a transaction there (KAFKA-20734),
 * and commits later what was aborted.
 */
@Timeout(300)
class LateReplicationIT {

    private static final int IMAGES_PER_SECOND = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DELIVERY = Duration.ofSeconds(2);
    private static final Duration OUTAGE = DELIVERY.plus(Cluster.SHORTEST_OUTAGE);
    private static final int LEADER = 1;
    private static final int FOLLOWER = 2;

    @TempDir
    private Path folder;

    @Test
    void shouldGiveEachImageOneVerdictIfTheyAreNotReplicatedInTime() throws Exception {
        try (Site site = Site.build(folder, FOLLOWER); Admin admin = site.admin()) {
            MonitorConfig config = config(site);
            String brokers = site.cluster().direct();
            new TopicSetup(admin, brokers, PATIENCE).ensure(Topics.specs(config, 4, (short) 1));
            Ledger ledger = new Ledger();
            try (Monitor monitor = Monitor.start(config);
                    Watch watch = new Watch(brokers, config, ledger);
                    NumberedLoad load = new NumberedLoad(brokers, config, ledger, IMAGES_PER_SECOND, 1)) {
                assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
                replicateOnly(config.topics().scores(), admin);
                assertThat(watch.awaitPast(ledger.ends(config.topics().images()), PATIENCE)).isPresent();

                site.cluster().outage(List.of(FOLLOWER - 1), OUTAGE);
                // All tasks of a thread share its transaction, so all begin anew from the last commit: told of a time-out
                // instead, Kafka Streams restores some, and the others' verdicts are lost.
                assertThat(failedThreads(monitor)).isPositive();

                load.finish();
                Audit audit = new Audit(brokers, config, ledger);
                assertThat(audit.awaitDone(admin, Site.APPLICATION_ID, PATIENCE)).isTrue();
                Findings findings = audit.findings();
                assertThat(findings.clean()).as("%s", findings).isTrue();
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

    /** One topic needs both brokers; all others, Kafka's own too, are on the one that stays, which leads everything. */
    private static void replicateOnly(String topic, Admin admin) throws Exception {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
        Map<TopicPartition, Optional<NewPartitionReassignment>> moves = new HashMap<>();
        for (TopicDescription description : topics(names, admin)) {
            List<Integer> replicas = description.name().equals(topic) ? List.of(LEADER, FOLLOWER) : List.of(LEADER);
            description.partitions().forEach(partition -> moves.put(
                    new TopicPartition(description.name(), partition.partition()),
                    Optional.of(new NewPartitionReassignment(replicas))));
        }
        admin.alterPartitionReassignments(moves).all().get();
        await().atMost(PATIENCE).until(() -> admin.listPartitionReassignments().reassignments().get().isEmpty());
        admin.electLeaders(ElectionType.PREFERRED, null).partitions().get();
        await().atMost(PATIENCE).until(() -> topics(names, admin).stream()
                .flatMap(description -> description.partitions().stream()).allMatch(LateReplicationIT::isLedThere));
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2"),
                        AlterConfigOp.OpType.SET)))).all().get();
    }

    private static boolean isLedThere(TopicPartitionInfo partition) {
        return partition.leader() != null && partition.leader().id() == LEADER;
    }

    private static Collection<TopicDescription> topics(Set<String> names, Admin admin) throws Exception {
        return admin.describeTopics(names).allTopicNames().get().values();
    }

    private static double failedThreads(Monitor monitor) {
        return monitor.streams().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("failed-stream-threads"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue()).sum();
    }
}
