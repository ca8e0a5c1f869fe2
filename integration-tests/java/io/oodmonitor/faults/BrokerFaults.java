package io.oodmonitor.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ElectionNotNeededException;

/** What can happen to brokers, and to the way to them. */
final class BrokerFaults {

    private static final Duration SLOW_EACH = Duration.ofMillis(30);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(5);
    /** Transactions time out. */
    private static final Duration LONGEST = Site.TRANSACTION_TIMEOUT.plusSeconds(3);

    private BrokerFaults() {}

    /**
     * Those that so many brokers can have.
     *
     * @param outage how long all of them are gone
     */
    static List<Fault> of(int brokers, Duration outage) {
        List<Fault> faults = new ArrayList<>(List.of(
                Fault.of(brokers == 1 ? "the broker killed and restarted" : "all brokers gone",
                        (site, random) -> goneAll(site, outage)),
                Fault.ofLong("slow network", BrokerFaults::slow),
                Fault.of("network cut and healed", BrokerFaults::cut),
                Fault.ofLong("SIGTERM while the network is cut", BrokerFaults::terminateWhileCut)));
        if (brokers > 1) {
            faults.add(Fault.of("one broker of " + brokers + " killed and restarted", BrokerFaults::goneOne));
            faults.add(Fault.of("network to one broker of " + brokers + " cut and healed", BrokerFaults::cutOne));
            faults.add(Fault.of("every leader moves", BrokerFaults::moveLeaders));
        }
        return faults;
    }

    private static String goneAll(Site site, Duration outage) throws Exception {
        site.cluster().outage(IntStream.range(0, site.cluster().size()).boxed().toList(), outage);
        return "gone for " + outage.toSeconds() + " s";
    }

    private static String goneOne(Site site, Random random) throws Exception {
        int broker = random.nextInt(site.cluster().size());
        Duration length = Cluster.SHORTEST_OUTAGE.plusMillis(random.nextInt((int) LONG.toMillis()));
        site.cluster().outage(List.of(broker), length);
        return "broker " + (broker + 1) + " gone for " + length.toSeconds() + " s";
    }

    private static String slow(Site site, Random random) throws Exception {
        site.cluster().networks().forEach(network -> network.slowDown(SLOW_EACH));
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        site.cluster().networks().forEach(TcpProxy::heal);
        return SLOW_EACH.toMillis() + " ms for each 16 KiB or less";
    }

    private static String cut(Site site, Random random) throws Exception {
        return cut(site.cluster().networks(), Site.between(SHORT, LONGEST, random));
    }

    private static String cutOne(Site site, Random random) throws Exception {
        return cut(List.of(site.cluster().networks().get(random.nextInt(site.cluster().size()))),
                Site.between(SHORT, LONGEST, random));
    }

    private static String cut(List<TcpProxy> networks, Duration length) throws InterruptedException {
        networks.forEach(TcpProxy::cut);
        Thread.sleep(length.toMillis());
        networks.forEach(TcpProxy::heal);
        return "cut for " + length.toMillis() + " ms";
    }

    private static String terminateWhileCut(Site site, Random random) throws Exception {
        site.cluster().networks().forEach(TcpProxy::cut);
        try {
            return ApplicationFaults.stopped(site.application().stop());
        } finally {
            site.cluster().networks().forEach(TcpProxy::heal);
            site.application().launch(site.bundles().latest());
        }
    }

    /** Every partition, Kafka's own and the stream's too, prefers its next replica, and is led by it. */
    private static String moveLeaders(Site site, Random random) throws Exception {
        try (Admin admin = site.admin()) {
            Map<TopicPartition, Optional<NewPartitionReassignment>> next = new HashMap<>();
            for (TopicDescription topic : admin.describeTopics(names(admin)).allTopicNames().get().values()) {
                for (TopicPartitionInfo partition : topic.partitions()) {
                    List<Integer> replicas = new ArrayList<>(partition.replicas().stream().map(Node::id).toList());
                    Collections.rotate(replicas, -1);
                    next.put(new TopicPartition(topic.name(), partition.partition()),
                            Optional.of(new NewPartitionReassignment(replicas)));
                }
            }
            admin.alterPartitionReassignments(next).all().get();
            Map<TopicPartition, Optional<Throwable>> elected =
                    admin.electLeaders(ElectionType.PREFERRED, next.keySet()).partitions().get();
            long refused = elected.values().stream().flatMap(Optional::stream)
                    .filter(failure -> !(failure instanceof ElectionNotNeededException)).count();
            return next.size() + " partitions" + (refused == 0 ? "" : ", " + refused + " refused");
        }
    }

    private static List<String> names(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream().sorted().toList();
    }
}
