package io.oodmonitor.harness;

import io.oodmonitor.topics.TopicSetup;
import io.oodmonitor.topics.TopicSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kafka for the tests of a class, as {@code @RegisterExtension static final}: one broker for all classes of the
 * JVM, started by the first and ended after the last. It runs in Docker where an engine answers that has the image or
 * can pull it, and in this JVM where none does; -Dood.it.kafka=docker or embedded decides instead,
 * -Dood.it.kafka.image names another image. Tests share it, so each makes topics of its own.
 */
public final class KafkaUnderTest implements BeforeAllCallback {

    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(30);
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private RunningKafka kafka;

    @Override
    public void beforeAll(ExtensionContext context) {
        kafka = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KafkaUnderTest.class))
                .getOrComputeIfAbsent(RunningKafka.class, key -> RunningKafka.start(), RunningKafka.class);
    }

    /** For bootstrap.servers. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** A new admin client; the test closes it. */
    public Admin admin() {
        return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Makes a topic that no other test has, ready to be used, and returns its name, which starts as asked. */
    public String newTopic(String prefix, int partitions) {
        String name = uniqueName(prefix);
        newTopics(TopicSpec.of(name, partitions));
        return name;
    }

    /** Makes topics, ready to be used. */
    public void newTopics(TopicSpec... specs) {
        List<TopicSpec> topics = Arrays.asList(specs);
        try (Admin admin = admin()) {
            List<String> existing =
                    new TopicSetup(admin, bootstrapServers(), SETUP_TIMEOUT).ensure(topics).existing();
            if (!existing.isEmpty()) {
                throw new IllegalStateException("topics must be new, but these exist: " + existing);
            }
        }
    }

    /** A name for a topic, group or application that no other test has. */
    public static String uniqueName(String prefix) {
        return prefix + "-" + ProcessHandle.current().pid() + "-" + TOPICS.incrementAndGet();
    }
}
