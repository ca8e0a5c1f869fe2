package io.oodmonitor.harness;

import io.oodmonitor.embedded.EmbeddedBroker;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A Kafka that answers, and how to end it. */
record RunningKafka(String bootstrapServers, AutoCloseable broker) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningKafka.class);
    private static final String WHERE = System.getProperty("ood.it.kafka", "auto");
    private static final String IMAGE = System.getProperty("ood.it.kafka.image", "apache/kafka:4.3.1");

    /** What Testcontainers 2.0.5 runs beside the containers: to find its way to them, and to remove them at the end. */
    private static final String PROBE = "alpine:3.17";
    private static final String CLEANER = "testcontainers/ryuk:0.14.0";

    /** Kafka in Docker where an engine has the image or can get it, otherwise in this JVM; says which, and why. */
    static RunningKafka start() {
        return switch (WHERE) {
            case "docker" -> inDocker();
            case "embedded" -> embedded("ood.it.kafka=embedded asks for it");
            case "auto" -> DockerEngine.hindrance(System.getenv(), images())
                    .map(RunningKafka::embedded)
                    .orElseGet(RunningKafka::inDocker);
            default -> throw new IllegalArgumentException(
                    "ood.it.kafka must be one of auto, docker, embedded, but is " + WHERE);
        };
    }

    private static List<String> images() {
        boolean withoutCleaner = Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
        return withoutCleaner ? List.of(IMAGE, PROBE) : List.of(IMAGE, PROBE, CLEANER);
    }

    private static RunningKafka inDocker() {
        DockerImageName image = DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka");
        KafkaContainer container = new KafkaContainer(image)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(16 * 1024 * 1024))
                .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", Integer.toString(16 * 1024 * 1024))
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4");
        try {
            container.start();
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
        LOG.info("integration tests use Kafka in Docker, image {}, at {}", IMAGE, container.getBootstrapServers());
        return new RunningKafka(container.getBootstrapServers(), container);
    }

    private static RunningKafka embedded(String why) {
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        LOG.info("integration tests use the embedded Kafka broker at {}, as {}", broker.bootstrapServers(), why);
        return new RunningKafka(broker.bootstrapServers(), broker);
    }

    @Override
    public void close() throws Exception {
        broker.close();
    }
}
