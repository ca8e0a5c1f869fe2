package io.oodmonitor.cli;

import static io.oodmonitor.harness.SecuredCluster.MONITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oodmonitor.harness.AccessList;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.SecuredCluster;
import io.oodmonitor.harness.SecuredKafka;
import io.oodmonitor.harness.TellingAuthorizer;
import io.oodmonitor.harness.TellingAuthorizer.Denial;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The monitor over TLS with passwords, and with the rights that deploy/acls.csv lists: all it needs, and no more. */
@Timeout(120)
class SecuredKafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path LIST = Path.of("deploy", "acls.csv");

    @TempDir
    private static Path folder;
    private static SecuredCluster cluster;
    private static List<Denial> deniedWithTheList;
    private static Map<String, Integer> written;

    @BeforeAll
    static void workOnceWithTheList() throws Exception {
        cluster = new SecuredCluster(folder);
        cluster.grantOnly(grants());
        TellingAuthorizer.forget();
        TopicNames topics = cluster.config().topics();
        written = new HashMap<>();
        try (Monitor monitor = Monitor.start(cluster.config())) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            cluster.sendCalibrationImages();
            await(topics.thresholds(), 1);
            cluster.sendImages();
            await(topics.scores(), SecuredCluster.IMAGES);
            for (String topic : List.of(topics.deadLetters(), topics.alerts(), topics.rates(), topics.rateAlerts())) {
                await(topic, 1);
            }
        }
        deniedWithTheList = TellingAuthorizer.denials();
    }

    private static void await(String topic, int records) {
        try (CommittedRecords<byte[], byte[]> committed = cluster.committed(topic)) {
            written.put(topic, committed.awaitCount(records, PATIENCE).size());
        }
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    static List<AclBinding> grants() throws IOException {
        return AccessList.read(LIST, "User:" + MONITOR);
    }

    @Test
    void shouldDoAllItsWorkWithTheList() {
        TopicNames topics = cluster.config().topics();
        assertThat(written).containsOnlyKeys(topics.scores(), topics.alerts(), topics.rates(), topics.rateAlerts(),
                topics.thresholds(), topics.deadLetters());
        assertThat(deniedWithTheList).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grants")
    void shouldBeDeniedSomethingWhereOneOfTheListIsMissing(AclBinding missing) throws Exception {
        cluster.forgetWork();
        cluster.grantOnly(grants().stream().filter(grant -> !grant.equals(missing)).toList());
        TellingAuthorizer.forget();
        Optional<Monitor> monitor = started();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> TellingAuthorizer.denials().stream()
                    .anyMatch(denial -> denial.user().equals(MONITOR) && denial.concerns(missing)));
        } finally {
            monitor.ifPresent(Monitor::close);
        }
    }

    private static Optional<Monitor> started() {
        try {
            return Optional.of(Monitor.start(cluster.config()));
        } catch (RuntimeException e) {
            // The thresholds are read before the stream starts.
            assertThat(TellingAuthorizer.denials()).as(e.toString()).isNotEmpty();
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void with(Map<String, Object> connection) throws Exception;
    }

    static Stream<Arguments> beyondTheList() {
        return Stream.of(
                beyond("write images", connection -> produce(connection, "images")),
                beyond("read verdicts", connection -> consume(connection, "ood-scores")),
                beyond("commit for another group", connection -> {
                    Map<String, Object> other = new HashMap<>(connection);
                    other.put("group.id", "others");
                    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(other,
                            new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                        consumer.subscribe(List.of("images"));
                        consumer.poll(PATIENCE);
                    }
                }),
                beyond("take another's transactions over", connection -> {
                    Map<String, Object> other = new HashMap<>(connection);
                    other.put("transactional.id", "others");
                    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(other,
                            new ByteArraySerializer(), new ByteArraySerializer())) {
                        producer.initTransactions();
                    }
                }),
                beyond("delete a topic", connection -> administer(connection,
                        admin -> admin.deleteTopics(List.of("images")).all().get())),
                beyond("make a topic", connection -> administer(connection,
                        admin -> admin.createTopics(List.of(new NewTopic("more", 1, (short) 1))).all().get())),
                beyond("grant itself more", connection -> administer(connection,
                        admin -> admin.createAcls(grants()).all().get())));
    }

    private static Arguments beyond(String what, Attempt attempt) {
        return Arguments.of(what, attempt);
    }

    private static void produce(Map<String, Object> connection, String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(connection, new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[1])).get();
        }
    }

    private static void consume(Map<String, Object> connection, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(connection, new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            consumer.poll(PATIENCE);
        }
    }

    @FunctionalInterface
    private interface Administration {
        void by(Admin admin) throws Exception;
    }

    private static void administer(Map<String, Object> connection, Administration work) throws Exception {
        try (Admin admin = Admin.create(connection)) {
            work.by(admin);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beyondTheList")
    void shouldBeDeniedWhatTheListDoesNotName(String what, Attempt attempt) throws Exception {
        cluster.grantOnly(grants());
        Throwable failure = catchThrowable(() -> attempt.with(cluster.connection(MONITOR)));
        assertThat(failure instanceof ExecutionException ? failure.getCause() : failure)
                .isInstanceOf(AuthorizationException.class);
    }

    /** The settings as a file, but the passwords: those stand in a file, a folder and the environment. */
    private static Path configuration() throws IOException {
        Map<String, String> settings = new HashMap<>(cluster.settings());
        List<String> secrets = cluster.secrets();
        Path properties = Files.writeString(folder.resolve("secrets.properties"), "kafka=" + secrets.get(0) + "\n");
        Files.writeString(Files.createDirectories(folder.resolve("secrets")).resolve("registry"),
                MONITOR + ":" + secrets.get(1));
        settings.put("sasl.jaas.config", SecuredKafka.login(MONITOR, "${file:" + properties + ":kafka}"));
        settings.put("schema.registry.basic.auth.user.info",
                "${directory:" + folder.resolve("secrets") + ":registry}");
        settings.put("ssl.truststore.password", "${env:STORE_PASSWORD}");
        settings.put("schema.registry.ssl.truststore.password", "${env:STORE_PASSWORD}");
        settings.put("config.providers", "file,directory,env");
        for (String provider : List.of("file.class=File", "directory.class=Directory", "env.class=EnvVar")) {
            String[] parts = provider.split("=");
            settings.put("config.providers." + parts[0],
                    "org.apache.kafka.common.config.provider." + parts[1] + "ConfigProvider");
        }
        return Files.write(folder.resolve("my.conf"),
                settings.entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()).toList());
    }

    @Test
    void shouldKeepItsPasswordsToItselfHoweverMuchItLogs() throws Exception {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        cluster.forgetWork();
        cluster.grantOnly(grants());
        try (Program monitor = Program.production(folder, Map.of("STORE_PASSWORD", cluster.secrets().get(2)),
                "run", "--config", configuration().toString(), "--log-level", "debug")) {
            monitor.awaitOutput("READY", PATIENCE);
            monitor.terminate();
            assertThat(monitor.awaitEnd(PATIENCE)).isZero();
            assertThat(monitor.err()).as("Kafka's own list of settings").contains("sasl.jaas.config = [hidden]");
            for (String secret : cluster.secrets()) {
                assertThat((monitor.out() + monitor.err()).contains(secret)).as(secret).isFalse();
            }
        }
    }

    static Stream<Arguments> wrongSecrets() {
        return Stream.of(
                Arguments.of("sasl.jaas.config", SecuredKafka.login(MONITOR, "wr0ng-secret"), "refuses who this is"),
                Arguments.of("sasl.jaas.config", SecuredKafka.login(MONITOR, "wr0ng\" secret"),
                        "sasl.jaas.config must"),
                Arguments.of("schema.registry.basic.auth.user.info", MONITOR + ":wr0ng-secret", "user monitor"),
                Arguments.of("schema.registry.ssl.truststore.password", "wr0ng-secret", "password was incorrect"),
                Arguments.of("ssl.truststore.password", "wr0ng-secret",
                        "The settings do not make a Kafka client"));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("wrongSecrets")
    void shouldNotShowAWrongPasswordEither(String name, String secret, String expected) throws Exception {
        cluster.grantOnly(grants());
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put(name, secret);
        Path file = Files.write(folder.resolve("wrong.conf"), settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).toList());
        CommandRun run = CommandRun.of("run", "--config", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(expected).doesNotContain("wr0ng").hasLineCount(1);
        assertThat(run.out()).doesNotContain("wr0ng");
    }
}
