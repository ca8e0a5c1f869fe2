package io.oodmonitor.cli;

import io.oodmonitor.topics.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic as it is, against how it has to be.
 *
 * @param partitions      empty if there is no such topic
 * @param cleanup         cleanup.policy; empty if it may not be read
 * @param maxMessageBytes max.message.bytes; empty if it may not be read
 * @param problem         one phrase, if something is wrong
 */
record TopicCheck(String name, OptionalInt partitions, Optional<String> cleanup, OptionalLong maxMessageBytes,
                  Optional<String> problem) {

    boolean exists() {
        return partitions.isPresent();
    }

    /** Looks at the topics of these specifications, in their order. */
    static List<TopicCheck> of(Admin admin, List<TopicSpec> specs) throws InterruptedException {
        List<String> names = specs.stream().map(TopicSpec::name).toList();
        Map<String, KafkaFuture<TopicDescription>> topics = admin.describeTopics(names).topicNameValues();
        List<ConfigResource> resources = names.stream().map(TopicCheck::resource).toList();
        Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(resources).values();
        List<TopicCheck> checks = new ArrayList<>();
        for (TopicSpec spec : specs) {
            Optional<TopicDescription> topic = read(topics.get(spec.name()));
            checks.add(topic.isEmpty() ? missing(spec.name())
                    : check(spec, topic.get().partitions().size(), read(configs.get(resource(spec.name())))));
        }
        return checks;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> Optional<T> read(KafkaFuture<T> future) throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw new KafkaException(Failures.sentence(e), e);
        }
    }

    private static TopicCheck missing(String name) {
        return new TopicCheck(name, OptionalInt.empty(), Optional.empty(), OptionalLong.empty(),
                Optional.of("is missing"));
    }

    private static TopicCheck check(TopicSpec spec, int partitions, Optional<Config> config) {
        Optional<String> cleanup = config.flatMap(c -> value(c, TopicConfig.CLEANUP_POLICY_CONFIG));
        OptionalLong bytes = config.flatMap(c -> value(c, TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .map(value -> OptionalLong.of(Long.parseLong(value))).orElseGet(OptionalLong::empty);
        return new TopicCheck(spec.name(), OptionalInt.of(partitions), cleanup, bytes, problem(spec, cleanup, bytes));
    }

    private static Optional<String> value(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    }

    static Optional<String> problem(TopicSpec spec, Optional<String> cleanup, OptionalLong bytes) {
        boolean compacted = TopicConfig.CLEANUP_POLICY_COMPACT.equals(
                spec.configs().get(TopicConfig.CLEANUP_POLICY_CONFIG));
        String wanted = compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
        if (cleanup.isPresent() && compacted != cleanup.get().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            return Optional.of(TopicConfig.CLEANUP_POLICY_CONFIG + " must be " + wanted + ", but is " + cleanup.get());
        }
        String least = spec.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (least != null && bytes.isPresent() && bytes.getAsLong() < Long.parseLong(least)) {
            return Optional.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " must be at least " + least
                    + " for the largest images allowed (image.max.bytes), but is " + bytes.getAsLong());
        }
        return Optional.empty();
    }
}
