package io.oodmonitor.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are missing. When {@link #ensure} returns, every partition of every topic has a leader that
 * takes records: an idempotent producer may start at once. Existing topics are never changed. Thread-safe, as the admin
 * client is.
 */
public final class TopicSetup {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Admin admin;
    private final Duration timeout;
    private final TopicErrors errors;

    /**
     * @param admin            its owner closes it, with a time limit: without one, and with nobody answering, close()
     *                         can wait for request.timeout.ms
     * @param bootstrapServers what the admin client was given, to be named when nobody answers there
     * @param timeout          for one call of a method here, all its requests together
     */
    public TopicSetup(Admin admin, String bootstrapServers, Duration timeout) {
        this.admin = Objects.requireNonNull(admin, "admin");
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        errors = new TopicErrors(Objects.requireNonNull(bootstrapServers, "bootstrapServers"), timeout);
    }

    /**
     * Creates what is missing and waits until all of it can be used.
     *
     * @throws TopicSetupException if no broker answers, something is not allowed, or a topic cannot be as asked for
     */
    public Created ensure(Collection<TopicSpec> specs) {
        Deadline deadline = new Deadline(timeout);
        Map<String, TopicDescription> found = describe(names(specs), deadline);
        List<TopicSpec> missing = specs.stream().filter(spec -> !found.containsKey(spec.name())).toList();
        List<String> created = create(missing, deadline);
        awaitUsable(names(specs), deadline);
        List<TopicSpec> existing = specs.stream().filter(spec -> !created.contains(spec.name())).toList();
        return new Created(created, existing.stream().map(TopicSpec::name).toList(), differences(existing, deadline));
    }

    /**
     * Names of the topics that do not exist.
     *
     * @throws TopicSetupException if no broker answers, or it may not be asked
     */
    public List<String> missing(Collection<TopicSpec> specs) {
        Map<String, TopicDescription> found = describe(names(specs), new Deadline(timeout));
        return names(specs).stream().filter(name -> !found.containsKey(name)).toList();
    }

    private static Set<String> names(Collection<TopicSpec> specs) {
        Set<String> names = new LinkedHashSet<>();
        specs.forEach(spec -> names.add(spec.name()));
        return names;
    }

    /** Those of the topics that exist. */
    private Map<String, TopicDescription> describe(Collection<String> names, Deadline deadline) {
        Map<String, TopicDescription> found = new LinkedHashMap<>();
        DescribeTopicsOptions options = deadline.limit(new DescribeTopicsOptions());
        admin.describeTopics(names, options).topicNameValues().forEach((name, description) -> {
            try {
                found.put(name, await(description, deadline));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw errors.of(name, "cannot be looked up", e.getCause());
                }
            }
        });
        return found;
    }

    /** Names of those that this call created; another process may be faster with some. */
    private List<String> create(List<TopicSpec> missing, Deadline deadline) {
        List<NewTopic> topics = missing.stream().map(TopicSetup::asNewTopic).toList();
        CreateTopicsOptions options = deadline.limit(new CreateTopicsOptions());
        Map<String, KafkaFuture<Void>> results = admin.createTopics(topics, options).values();
        List<String> created = new ArrayList<>();
        for (TopicSpec spec : missing) {
            try {
                await(results.get(spec.name()), deadline);
                created.add(spec.name());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw errors.of(spec.name(), "cannot be created" + replication(spec), e.getCause());
                }
            }
        }
        return created;
    }

    private static NewTopic asNewTopic(TopicSpec spec) {
        Optional<Short> replication =
                spec.replication() == TopicSpec.BROKER_DEFAULT ? Optional.empty() : Optional.of(spec.replication());
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), replication).configs(spec.configs());
    }

    private static String replication(TopicSpec spec) {
        return spec.replication() == TopicSpec.BROKER_DEFAULT ? "" : " with replication factor " + spec.replication();
    }

    /*
     * A created topic is known to the controller, not yet to its leaders. A producer that sends in between is told
     * NOT_LEADER_OR_FOLLOWER, and an idempotent one can then fail with OutOfOrderSequence for ever. So: every partition
     * has a leader, and that leader answers for the end of its log.
     */
    private void awaitUsable(Set<String> names, Deadline deadline) {
        while (!usable(names, deadline)) {
            deadline.pause(BETWEEN_LOOKS, () -> errors.notReady(names));
        }
    }

    private boolean usable(Set<String> names, Deadline deadline) {
        Map<String, TopicDescription> described = describe(names, deadline);
        if (described.size() < names.size()) {
            return false;
        }
        Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
        for (TopicDescription topic : described.values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                if (partition.leader() == null || partition.leader().isEmpty()) {
                    return false;
                }
                ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
            }
        }
        try {
            await(admin.listOffsets(ends, deadline.limit(new ListOffsetsOptions())).all(), deadline);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw errors.of(String.join(", ", names), "cannot be read", e.getCause());
        }
    }

    private List<String> differences(List<TopicSpec> existing, Deadline deadline) {
        Map<String, TopicDescription> described =
                existing.isEmpty() ? Map.of() : describe(names(existing), deadline);
        List<String> differences = new ArrayList<>();
        for (TopicSpec spec : existing) {
            int partitions = described.get(spec.name()).partitions().size();
            if (partitions != spec.partitions()) {
                differences.add("topic " + spec.name() + " must have " + spec.partitions() + " partitions, but has "
                        + partitions);
            }
            cleanupDifference(spec, deadline).ifPresent(differences::add);
        }
        return differences;
    }

    private Optional<String> cleanupDifference(TopicSpec spec, Deadline deadline) {
        String wanted = spec.configs()
                .getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
        try {
            DescribeConfigsOptions options = deadline.limit(new DescribeConfigsOptions());
            Config config = await(admin.describeConfigs(List.of(topic), options).values().get(topic), deadline);
            ConfigEntry entry = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (policies(entry.value()).equals(policies(wanted))) {
                return Optional.empty();
            }
            return Optional.of("topic " + spec.name() + " must have " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + wanted
                    + ", but has " + entry.value());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                return Optional.of("settings of topic " + spec.name() + " may not be read, so its "
                        + TopicConfig.CLEANUP_POLICY_CONFIG + " was not compared with " + wanted);
            }
            throw errors.of(spec.name(), "cannot be looked up", e.getCause());
        }
    }

    private static Set<String> policies(String value) {
        Set<String> policies = new TreeSet<>();
        for (String policy : value.split(",")) {
            policies.add(policy.strip());
        }
        return policies;
    }

    private <T> T await(KafkaFuture<T> result, Deadline deadline) throws ExecutionException {
        try {
            return result.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw errors.unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicSetupException("the setup of the topics was interrupted", e);
        }
    }
}
