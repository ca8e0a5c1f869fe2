package io.oodmonitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.topics.TopicSetup;
import io.oodmonitor.topics.TopicSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GROUP = "readers";

    @TempDir
    private Path folder;

    @Test
    void shouldKeepRecordsAndOffsetsWhenStartedAgainOnAnotherPort() throws Exception {
        String clusterId;
        int firstPort;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            clusterId = broker.clusterId();
            firstPort = broker.port();
            createTopic(broker.bootstrapServers(), "images");
            sendInTransaction(broker.bootstrapServers(), "images", true, "a", "b");
            sendInTransaction(broker.bootstrapServers(), "images", false, "aborted");
        }

        try (ServerSocket taken = new ServerSocket(firstPort, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedBroker again = EmbeddedBroker.start(folder, 0)) {
            assertThat(again.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(again.clusterId()).isEqualTo(clusterId);
            assertThat(committed(again.bootstrapServers(), "images", 2)).containsExactly("a", "b");
            assertThat(groupOffset(again.bootstrapServers(), "images")).isEqualTo(2);

            sendInTransaction(again.bootstrapServers(), "images", true, "c");
            assertThat(committed(again.bootstrapServers(), "images", 3)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void shouldKeepRecordsAndOffsetsWhenKilled() throws Exception {
        try (BrokerProcess process = BrokerProcess.start(folder)) {
            createTopic(process.bootstrapServers(), "images");
            sendInTransaction(process.bootstrapServers(), "images", true, "a", "b");
        }
        try (BrokerProcess process = BrokerProcess.start(folder)) {
            sendInTransaction(process.bootstrapServers(), "images", true, "c");
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThat(committed(broker.bootstrapServers(), "images", 3)).containsExactly("a", "b", "c");
            assertThat(groupOffset(broker.bootstrapServers(), "images")).isEqualTo(1);
            sendInTransaction(broker.bootstrapServers(), "images", true, "d");
            assertThat(committed(broker.bootstrapServers(), "images", 4)).containsExactly("a", "b", "c", "d");
        }
    }

    @Test
    void shouldRefuseAFolderThatAnotherProcessUses() throws Exception {
        try (BrokerProcess process = BrokerProcess.start(folder)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                        .isInstanceOf(EmbeddedBrokerException.class)
                        .hasMessage("folder " + folder.toRealPath() + " is in use by process " + process.pid()
                                + ": end that one first, or choose another folder");
            }
        }
    }

    @Test
    void shouldRefuseAFolderThatThisProcessUsesAndGoOnHoldingIt() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessage("folder " + folder.toRealPath() + " is in use by another broker of this process");
            assertThatThrownBy(() -> BrokerProcess.start(folder))
                    .as("a process of its own must still see the lock")
                    .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
            createTopic(broker.bootstrapServers(), "images");
        }
    }

    @Test
    void shouldRefuseAPortInUseAndLetGoOfTheFolder() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken.getLocalPort()))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessage("port " + taken.getLocalPort() + " of 127.0.0.1 is in use, so the embedded Kafka broker"
                            + " cannot listen there: end what uses it, or choose another with --port");
        }
        EmbeddedBroker.start(folder, 0).close();
    }

    @Test
    void shouldRefuseAPortOutOfRange() {
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 65_536))
                .hasMessage("port of the embedded Kafka broker must be in 0 to 65535, but is 65536");
    }

    @Test
    void shouldRefuseAFolderOfSomethingElse() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "not Kafka's");

        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                .hasMessage("folder " + folder.toRealPath()
                        + " holds thesis.txt and no data of Kafka: name an empty folder, or one of an earlier run");
        assertThat(folder.resolve("meta.properties")).doesNotExist();
    }

    @Test
    void shouldRefuseTheFolderOfAnotherNode() throws Exception {
        EmbeddedBroker.start(folder, 0).close();
        Path properties = folder.resolve("meta.properties");
        Files.writeString(properties, Files.readString(properties).replace("node.id=1", "node.id=7"));

        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                .hasMessage("folder " + folder.toRealPath() + " is not one of an embedded Kafka broker:"
                        + " its meta.properties must name a cluster.id and node.id=1");
    }

    @Test
    void shouldRefuseAFileAsFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedBroker.start(file, 0))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageStartingWith("folder " + file + " for Kafka's data cannot be made: ");
    }

    @Test
    void shouldFailTheStartAndNotTheProcessWhenItsMetadataCannotBeRead() throws Exception {
        EmbeddedBroker.start(folder, 0).close();
        Files.write(folder.resolve("bootstrap.checkpoint"), new byte[] {1, 2, 3});
        Path quorum = folder.resolve("__cluster_metadata-0").resolve("quorum-state");
        Files.writeString(quorum, "{ not JSON");

        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageStartingWith("the embedded Kafka broker on folder " + folder + " did not start: ");
    }

    @Test
    void shouldFinishAFormatThatWasInterrupted() throws Exception {
        EmbeddedBroker.start(folder.resolve("whole"), 0).close();
        Files.createDirectory(folder.resolve("half"));
        Files.copy(folder.resolve("whole/bootstrap.checkpoint"), folder.resolve("half/bootstrap.checkpoint"));

        EmbeddedBroker.start(folder.resolve("half"), 0).close();

        assertThat(folder.resolve("half/meta.properties")).exists();
    }

    @Test
    void shouldTakeImagesOfManyMegabytes() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            createTopic(broker.bootstrapServers(), "images");
            String photo = "x".repeat(15 * 1024 * 1024);
            sendInTransaction(broker.bootstrapServers(), "images", true, photo);

            assertThat(committed(broker.bootstrapServers(), "images", 1)).singleElement()
                    .satisfies(read -> assertThat(read).hasSameSizeAs(photo));
        }
    }

    @Test
    void shouldListenOnTheLoopbackAddressOnly() throws Exception {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThat(others).allSatisfy(address -> assertThatThrownBy(() -> connect(address, broker.port()))
                    .isInstanceOf(IOException.class));
        }
    }

    @Test
    void shouldStopSoonAndForGood() {
        // Other tests' brokers may run in this JVM.
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
        long before = System.nanoTime();
        broker.close();
        broker.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(() -> connect(InetAddress.getByName("127.0.0.1"), broker.port()))
                .isInstanceOf(IOException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !thread.isDaemon() && !others.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("kafka-") || name.contains("quorum-controller"));
    }

    @Test
    void shouldDeleteWhatATemporaryBrokerLeaves() throws Exception {
        List<Path> before = temporaryFolders();
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        createTopic(broker.bootstrapServers(), "images");
        sendInTransaction(broker.bootstrapServers(), "images", true, "a");
        assertThat(temporaryFolders()).hasSize(before.size() + 1);

        broker.close();

        assertThat(temporaryFolders()).isEqualTo(before);
    }

    private static List<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("ood-monitor-broker-"))
                    .sorted()
                    .toList();
        }
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }

    private static void createTopic(String bootstrapServers, String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            new TopicSetup(admin, bootstrapServers, PATIENCE).ensure(List.of(TopicSpec.of(topic, 1)));
        }
    }

    /** The group's offset in the transaction is the number of values in it. */
    private static void sendInTransaction(String bootstrapServers, String topic, boolean commit, String... values) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "transactional.id", "images-sender",
                "max.request.size", BrokerSettings.MAX_MESSAGE_BYTES,
                "max.block.ms", PATIENCE.toMillis());
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value));
            }
            producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(values.length)),
                    new ConsumerGroupMetadata(GROUP));
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Waits for so many, and shows all there are: those of a transaction appear some time after its commit. */
    private static List<String> committed(String bootstrapServers, String topic, int expected) {
        try (CommittedRecords<String, String> records = CommittedRecords.of(
                bootstrapServers, new StringDeserializer(), new StringDeserializer(), topic)) {
            records.awaitCount(expected, PATIENCE);
            return records.awaitEnd(PATIENCE).stream().map(record -> record.value()).toList();
        }
    }

    private static long groupOffset(String bootstrapServers, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS).get(new TopicPartition(topic, 0)).offset();
        }
    }
}
