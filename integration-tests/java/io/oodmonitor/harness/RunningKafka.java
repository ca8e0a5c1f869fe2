package io.oodmonitor.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.oodmonitor.embedded.EmbeddedBroker;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A Kafka that answers, and how to end it. */
record RunningKafka(String bootstrapServers, AutoCloseable broker) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningKafka.class);
    private static final String WHERE = System.getProperty("ood.it.kafka", "auto");
    private static final String IMAGE = System.getProperty("ood.it.kafka.image", "apache/kafka:4.3.1");
    private static final int PULL_MINUTES = 5;

    /** Kafka in Docker where an engine has the image or can get it, otherwise in this JVM; says which, and why. */
    static RunningKafka start() {
        return switch (WHERE) {
            case "docker" -> inDocker();
            case "embedded" -> embedded("ood.it.kafka=embedded");
            case "auto" -> DockerEngine.absence()
                    .map(RunningKafka::embedded)
                    .orElseGet(RunningKafka::inDockerIfPossible);
            default -> throw new IllegalArgumentException(
                    "ood.it.kafka must be one of auto, docker, embedded, but is " + WHERE);
        };
    }

    private static RunningKafka inDockerIfPossible() {
        try {
            return inDocker();
        } catch (RuntimeException e) {
            return embedded("the Docker engine cannot run " + IMAGE + ": " + rootMessage(e));
        }
    }

    private static RunningKafka inDocker() {
        makeImagePresent();
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

    /** Testcontainers would try a pull that fails again and again for minutes. */
    private static void makeImagePresent() {
        DockerClient docker = DockerClientFactory.lazyClient();
        try {
            docker.inspectImageCmd(IMAGE).exec();
        } catch (NotFoundException absent) {
            LOG.info("pulling {}", IMAGE);
            try {
                if (!docker.pullImageCmd(IMAGE).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("it could not be pulled within " + PULL_MINUTES + " minutes");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the pull was interrupted", e);
            }
        }
    }

    private static RunningKafka embedded(String why) {
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        LOG.info("integration tests use the embedded Kafka broker at {}, as {}", broker.bootstrapServers(), why);
        return new RunningKafka(broker.bootstrapServers(), broker);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.ofNullable(root.getMessage()).orElse(root.toString()).lines().findFirst().orElse("").strip();
    }

    @Override
    public void close() throws Exception {
        broker.close();
    }
}
