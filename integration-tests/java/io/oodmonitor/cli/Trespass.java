package io.oodmonitor.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What whoever has the monitor's password might try on a cluster, and the monitor never does. */
enum Trespass {

    WRITE_IMAGES(connection -> {
        try (KafkaProducer<byte[], byte[]> producer = producer(connection)) {
            producer.send(new ProducerRecord<>("images", new byte[1])).get();
        }
    }),
    READ_VERDICTS(connection -> {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(connection)) {
            consumer.assign(List.of(new TopicPartition("ood-scores", 0)));
            consumer.seekToBeginning(consumer.assignment());
            consumer.poll(Duration.ofMinutes(1));
        }
    }),
    JOIN_ANOTHER_GROUP(connection -> {
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(with(connection, ConsumerConfig.GROUP_ID_CONFIG, "others"))) {
            consumer.subscribe(List.of("images"));
            consumer.poll(Duration.ofMinutes(1));
        }
    }),
    TAKE_OVER_TRANSACTIONS(connection -> {
        try (KafkaProducer<byte[], byte[]> producer =
                producer(with(connection, ProducerConfig.TRANSACTIONAL_ID_CONFIG, "others"))) {
            producer.initTransactions();
        }
    }),
    DELETE_IMAGES(connection -> administer(connection,
            admin -> admin.deleteTopics(List.of("images")).all().get())),
    DELETE_STATE(connection -> administer(connection, admin -> {
        List<String> state = admin.listTopics().names().get().stream()
                .filter(name -> name.endsWith("-changelog")).toList();
        admin.deleteTopics(state).all().get();
    })),
    MAKE_A_TOPIC(connection -> administer(connection,
            admin -> admin.createTopics(List.of(new NewTopic("more", 1, (short) 1))).all().get())),
    GRANT_ITSELF_MORE(connection -> administer(connection,
            admin -> admin.createAcls(List.of(new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, "images", PatternType.LITERAL),
                    new AccessControlEntry("User:monitor", "*", AclOperation.ALL, AclPermissionType.ALLOW))))
                    .all().get()));

    private final Attempt attempt;

    Trespass(Attempt attempt) {
        this.attempt = attempt;
    }

    @FunctionalInterface
    private interface Attempt {
        void with(Map<String, Object> connection) throws Exception;
    }

    @FunctionalInterface
    private interface Administration {
        void by(Admin admin) throws Exception;
    }

    /** @param connection settings of that user's clients */
    void attempt(Map<String, Object> connection) throws Exception {
        attempt.with(connection);
    }

    private static Map<String, Object> with(Map<String, Object> connection, String name, String value) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(name, value);
        return settings;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void administer(Map<String, Object> connection, Administration work) throws Exception {
        try (Admin admin = Admin.create(connection)) {
            work.by(admin);
        }
    }
}
