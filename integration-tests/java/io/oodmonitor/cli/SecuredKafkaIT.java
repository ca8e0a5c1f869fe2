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
import io.oodmonitor.harness.TellingAuthorizer.Operation;
import io.oodmonitor.harness.TellingAuthorizer.Question;
import io.oodmonitor.harness.WebhookReceiver;
import io.oodmonitor.stream.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The program over TLS with passwords from files and the environment, and with the rights that deploy/acls.csv lists:
 * all it needs, and no more.
 */
@Timeout(120)
class SecuredKafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path LIST = Path.of("deploy", "acls.csv");
    private static final Path FORWARD_LIST = Path.of("deploy", "acls-forward.csv");
    /** Begins every password that is wrong. */
    private static final String WRONG = "wr0ng";

    @TempDir
    private static Path folder;
    private static SecuredCluster cluster;
    private static List<Question> asked;
    private static String output;

    @BeforeAll
    @Timeout(180)
    static void workWithTheList() throws Exception {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        cluster = new SecuredCluster(folder);
        cluster.grantOnly(grants());
        TopicNames topics = cluster.config().topics();
        String[] outputs = topics.all().stream().filter(name -> !topics.inputs().contains(name)).toArray(String[]::new);
        TellingAuthorizer.forget();
        try (CommittedRecords<byte[], byte[]> committed = cluster.committed(outputs);
                Program monitor = Program.production(folder, Map.of("STORE_PASSWORD", cluster.storePassword()),
                        "run", "--config", configuration().toString(), "--log-level", "trace")) {
            monitor.awaitOutput("READY", PATIENCE);
            cluster.sendCalibrationImages();
            Awaitility.await("a threshold in force").atMost(PATIENCE).until(() -> {
                cluster.sendOddImage();
                return count(committed.soFar(), topics.alerts()) > 0;
            });
            cluster.sendImages();
            committed.await("a record of every kind", records -> Stream.of(outputs).allMatch(topic ->
                    count(records, topic) >= (topic.equals(topics.scores()) ? SecuredCluster.IMAGES : 1)), PATIENCE);
            Awaitility.await("the use of every grant").atMost(PATIENCE).until(() -> grants().stream().allMatch(grant ->
                    operations(TellingAuthorizer.questions()).anyMatch(operation -> isDirectlyBy(operation, grant))));
            monitor.terminate();
            assertThat(monitor.awaitEnd(PATIENCE)).isZero();
            output = monitor.out() + monitor.err();
        }
        asked = TellingAuthorizer.questions().stream()
                .filter(question -> question.operation().user().equals(MONITOR)).toList();
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static long count(List<ConsumerRecord<byte[], byte[]>> records, String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).count();
    }

    private static Stream<Operation> operations(List<Question> questions) {
        return questions.stream().map(Question::operation);
    }

    /** By the grant itself, not by what it includes. */
    private static boolean isDirectlyBy(Operation operation, AclBinding grant) {
        return operation.isBy(grant) && operation.kind() == grant.entry().operation();
    }

    static List<AclBinding> grants() throws IOException {
        return AccessList.read(LIST, "User:" + MONITOR);
    }

    /** The settings as a file, but the passwords: those stand in a file, a folder and the environment. */
    private static Path configuration() throws IOException {
        Path properties = Files.writeString(folder.resolve("secrets.properties"),
                "kafka=" + cluster.kafkaPassword() + "\n");
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("registry"), MONITOR + ":" + cluster.registryPassword());
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put("sasl.jaas.config", SecuredKafka.login(MONITOR, "${file:" + properties + ":kafka}"));
        settings.put("schema.registry.basic.auth.user.info", "${directory:" + secrets + ":registry}");
        settings.put("ssl.truststore.password", "${env:STORE_PASSWORD}");
        settings.put("schema.registry.ssl.truststore.password", "${env:STORE_PASSWORD}");
        settings.put("config.providers", "file, directory, env");
        Map.of("file", "File", "directory", "Directory", "env", "EnvVar").forEach((provider, type) ->
                settings.put("config.providers." + provider + ".class",
                        "org.apache.kafka.common.config.provider." + type + "ConfigProvider"));
        return file("my.conf", settings);
    }

    private static Path file(String name, Map<String, String> settings) throws IOException {
        return Files.write(folder.resolve(name), settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).toList());
    }

    @Test
    void shouldDoAllItsWorkWithTheList() throws Exception {
        cluster.grantOnly(grants());
        assertThat(operations(asked.stream().filter(question -> !question.isAllowed()).toList())).isEmpty();
    }

    /** Each is taken away, and the brokers are asked anew for all that the program asked them for. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("grants")
    void shouldBeDeniedSomeOfItsWorkWithoutAnyOneOfTheList(AclBinding missing) throws Exception {
        cluster.grantOnly(grants().stream().filter(grant -> !grant.equals(missing)).toList());
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                operations(asked.stream().filter(question -> !question.isAllowed()).toList()))
                .allMatch(operation -> operation.isBy(missing))
                .anyMatch(operation -> isDirectlyBy(operation, missing)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeDeniedWhatTheListDoesNotName(Trespass trespass) throws Exception {
        cluster.grantOnly(grants());
        Throwable failure = catchThrowable(() -> trespass.attempt(cluster.connection(MONITOR)));
        assertThat(failure instanceof ExecutionException ? failure.getCause() : failure)
                .isInstanceOf(AuthorizationException.class);
    }

    /** Another user's list, for which the monitor's name stands in. */
    @Test
    void shouldForwardWithItsOwnListAlone() throws Exception {
        cluster.grantOnly(AccessList.read(FORWARD_LIST, "User:" + MONITOR));
        try (WebhookReceiver receiver = WebhookReceiver.answering(body -> 200);
                Program forwarder = Program.production(folder, "forward", "--unsigned", "--from-beginning", "--to",
                        receiver.url().toString(), "--config", file("forward.conf", cluster.settings()).toString())) {
            Awaitility.await().atMost(PATIENCE).until(() -> !receiver.taken().isEmpty());
            forwarder.terminate();
            assertThat(forwarder.awaitEnd(PATIENCE)).isZero();
        }
    }

    @Test
    void shouldSayWhatItMayNotDo() throws Exception {
        cluster.grantOnly(grants().stream().filter(grant -> !(grant.pattern().name().equals("ood-thresholds")
                && grant.entry().operation() == AclOperation.READ)).toList());
        CommandRun run = CommandRun.of("run", "--config", file("plain.conf", cluster.settings()).toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("ood-monitor: The broker does not allow this: Not authorized to access "
                + "topics: [ood-thresholds].");
    }

    @Test
    void shouldKeepItsPasswordsToItselfHoweverMuchItLogs() {
        String registry = MONITOR + ":" + cluster.registryPassword();
        assertThat(output).as("Kafka's own list of settings").contains("sasl.jaas.config = [hidden]");
        for (String secret : List.of(cluster.kafkaPassword(), cluster.registryPassword(), cluster.storePassword(),
                Base64.getEncoder().encodeToString(registry.getBytes(StandardCharsets.UTF_8)))) {
            // Not by AssertJ's own condition, which would print all of the log.
            assertThat(output.lines().filter(line -> line.contains(secret))).isEmpty();
        }
    }

    static Stream<Arguments> wrongSecrets() {
        return Stream.of(
                Arguments.of("sasl.jaas.config", SecuredKafka.login(MONITOR, WRONG), "refuses who this is"),
                Arguments.of("sasl.jaas.config", SecuredKafka.login(MONITOR, WRONG + "\" secret"),
                        "sasl.jaas.config must"),
                Arguments.of("schema.registry.basic.auth.user.info", MONITOR + ":" + WRONG, "user monitor"),
                Arguments.of("schema.registry.ssl.truststore.password", WRONG, "password was incorrect"),
                Arguments.of("ssl.truststore.password", WRONG, "The settings do not make a Kafka client"));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("wrongSecrets")
    void shouldNotShowAWrongPasswordEither(String name, String secret, String expected) throws Exception {
        cluster.grantOnly(grants());
        Map<String, String> settings = new HashMap<>(cluster.settings());
        settings.put(name, secret);
        CommandRun run;
        try {
            run = CommandRun.of("run", "--debug", "--config", file("wrong.conf", settings).toString());
        } finally {
            System.clearProperty(Failures.DEBUG);
        }
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines().findFirst().orElseThrow()).contains(expected);
        assertThat(run.out() + run.err()).contains("\tat io.oodmonitor.").doesNotContain(WRONG);
    }
}
