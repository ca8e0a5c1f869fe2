package io.oodmonitor.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class TopicSetupIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Admin admin;
    private TopicSetup setup;

    @BeforeEach
    void connect() {
        admin = KAFKA.admin();
        setup = new TopicSetup(admin, KAFKA.bootstrapServers(), PATIENCE);
    }

    @AfterEach
    void disconnect() {
        admin.close();
    }

    @RepeatedTest(10)
    void shouldLetAnIdempotentProducerStartAtOnce() throws Exception {
        List<TopicSpec> specs = IntStream.range(0, 5)
                .mapToObj(i -> TopicSpec.of(KafkaUnderTest.uniqueName("at-once"), 4))
                .toList();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", KAFKA.bootstrapServers(),
                "enable.idempotence", true,
                "linger.ms", 0,
                "delivery.timeout.ms", 30_000,
                "request.timeout.ms", 10_000);
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            setup.ensure(specs);
            for (int i = 0; i < 50; i++) {
                for (TopicSpec spec : specs) {
                    for (int partition = 0; partition < spec.partitions(); partition++) {
                        sent.add(producer.send(new ProducerRecord<>(spec.name(), partition, null, new byte[500])));
                    }
                }
            }
            for (Future<?> result : sent) {
                result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }

        String[] topics = specs.stream().map(TopicSpec::name).toArray(String[]::new);
        try (CommittedRecords<byte[], byte[]> records = CommittedRecords.bytes(KAFKA.bootstrapServers(), topics)) {
            assertThat(records.awaitEnd(PATIENCE)).hasSize(sent.size());
        }
    }

    @Test
    void shouldCreateWhatIsMissingWithItsSettings() throws Exception {
        TopicSpec images = TopicSpec.of(KafkaUnderTest.uniqueName("images"), 3);
        TopicSpec thresholds = TopicSpec.compacted(KafkaUnderTest.uniqueName("thresholds"), 1);
        assertThat(setup.missing(List.of(images, thresholds))).containsExactly(images.name(), thresholds.name());

        Created first = setup.ensure(List.of(images));
        assertThat(first).isEqualTo(new Created(List.of(images.name()), List.of(), List.of()));
        assertThat(setup.missing(List.of(images, thresholds))).containsExactly(thresholds.name());

        Created second = setup.ensure(List.of(images, thresholds));
        assertThat(second).isEqualTo(new Created(List.of(thresholds.name()), List.of(images.name()), List.of()));
        assertThat(setup.missing(List.of(images, thresholds))).isEmpty();
        assertThat(admin.describeTopics(List.of(images.name())).allTopicNames().get(30, TimeUnit.SECONDS)
                .get(images.name()).partitions()).hasSize(3);
    }

    @Test
    void shouldReportHowExistingTopicsDifferAndLeaveThem() {
        TopicSpec created = TopicSpec.of(KafkaUnderTest.uniqueName("thresholds"), 2);
        setup.ensure(List.of(created));

        Created again = setup.ensure(List.of(TopicSpec.compacted(created.name(), 3)));

        assertThat(again.created()).isEmpty();
        assertThat(again.existing()).containsExactly(created.name());
        assertThat(again.differences()).containsExactly(
                "topic " + created.name() + " must have 3 partitions, but has 2",
                "topic " + created.name() + " must have cleanup.policy=compact, but has delete");
        assertThat(setup.ensure(List.of(created)).differences()).isEmpty();
    }

    @Test
    void shouldDoNothingForNoTopics() {
        assertThat(setup.ensure(List.of())).isEqualTo(new Created(List.of(), List.of(), List.of()));
        assertThat(setup.missing(List.of())).isEmpty();
    }

    @Test
    void shouldLetTwoProcessesCreateTheSameTopics() {
        List<TopicSpec> specs = IntStream.range(0, 8)
                .mapToObj(i -> TopicSpec.of(KafkaUnderTest.uniqueName("together"), 2))
                .toList();
        List<Created> results = IntStream.range(0, 4).parallel().mapToObj(i -> {
            try (Admin own = KAFKA.admin()) {
                return new TopicSetup(own, KAFKA.bootstrapServers(), PATIENCE).ensure(specs);
            }
        }).toList();

        assertThat(results).allSatisfy(result ->
                assertThat(result.created().size() + result.existing().size()).isEqualTo(specs.size()));
        assertThat(results.stream().flatMap(result -> result.created().stream()))
                .containsExactlyInAnyOrderElementsOf(specs.stream().map(TopicSpec::name).toList());
    }

    @Test
    void shouldSayThatThereAreTooFewBrokers() {
        TopicSpec spec = new TopicSpec(KafkaUnderTest.uniqueName("images"), 1, (short) 3, Map.of());

        assertThatThrownBy(() -> setup.ensure(List.of(spec)))
                .isInstanceOf(TopicSetupException.class)
                .hasMessageStartingWith("topic " + spec.name() + " cannot be created with replication factor 3: ")
                .hasMessageContaining("1");
    }

    @Test
    void shouldSayWhichSettingIsWrong() {
        TopicSpec spec = new TopicSpec(KafkaUnderTest.uniqueName("images"), 1, (short) 1,
                Map.of("cleanup.policy", "sweep"));

        assertThatThrownBy(() -> setup.ensure(List.of(spec)))
                .isInstanceOf(TopicSetupException.class)
                .hasMessageStartingWith("topic " + spec.name() + " cannot be created with replication factor 1: ")
                .hasMessageContaining("cleanup.policy");
    }

    @Test
    void shouldSayThatANameIsIllegal() {
        assertThatThrownBy(() -> setup.ensure(List.of(TopicSpec.of("no/such", 1))))
                .isInstanceOf(TopicSetupException.class)
                .hasMessageStartingWith("topic no/such cannot be ");
    }

    @Test
    void shouldSayWhereNoBrokerAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            assertNobodyAnswers(silent.getLocalPort());
            silent.close();
            assertNobodyAnswers(silent.getLocalPort());
        }
    }

    private static void assertNobodyAnswers(int port) {
        String servers = "127.0.0.1:" + port;
        Admin lost = Admin.create(Map.of("bootstrap.servers", servers));
        long before = System.nanoTime();
        try {
            TopicSetup toNowhere = new TopicSetup(lost, servers, Duration.ofSeconds(1));

            assertThatThrownBy(() -> toNowhere.ensure(List.of(TopicSpec.of("images", 1))))
                    .isInstanceOf(TopicSetupException.class)
                    .hasMessage("no Kafka broker answered at bootstrap.servers=" + servers + " within 1 s");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        } finally {
            lost.close(Duration.ZERO);
        }
    }
}
