package io.oodmonitor.harness;

import io.oodmonitor.event.TlsKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker that speaks to nobody without TLS and a password (SASL_SSL, SCRAM-SHA-512), and lets nobody but its super
 * user {@link #ADMIN} do what was not granted. One node, in this JVM.
 */
public final class SecuredKafka implements AutoCloseable {

    /** The super user. */
    public static final String ADMIN = "admin";

    private static final String MECHANISM = "SCRAM-SHA-512";

    private final KafkaRaftServer server;
    private final int port;
    private final TlsKeys keys;
    private final Map<String, String> passwords;

    private SecuredKafka(KafkaRaftServer server, int port, TlsKeys keys, Map<String, String> passwords) {
        this.server = server;
        this.port = port;
        this.keys = keys;
        this.passwords = passwords;
    }

    /**
     * Starts it.
     *
     * @param folder    of its data, new
     * @param passwords by user, {@link #ADMIN} among them
     */
    public static SecuredKafka start(Path folder, TlsKeys keys, Map<String, String> passwords) throws Exception {
        Files.createDirectories(folder);
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter().setPrintStream(quiet).setClusterId(Uuid.randomUuid().toString()).setNodeId(1)
                    .setControllerListenerName("CONTROLLER").setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString()).setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setScramArguments(passwords.entrySet().stream().map(user -> MECHANISM + "=[name=" + user.getKey()
                            + ",password=" + user.getValue() + "]").toList())
                    .run();
        }
        List<Integer> ports = freePorts();
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(
                settings(folder, ports.get(0), ports.get(1), keys, passwords.get(ADMIN)), false), Time.SYSTEM);
        server.startup();
        return new SecuredKafka(server, ports.get(0), keys, passwords);
    }

    private static Properties settings(Path folder, int port, int controllerPort, TlsKeys keys, String password) {
        Properties settings = new Properties();
        settings.putAll(Map.of("process.roles", "broker,controller", "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "CLIENTS://localhost:" + port,
                "listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT",
                "controller.listener.names", "CONTROLLER", "inter.broker.listener.name", "CLIENTS",
                "log.dirs", folder.toString()));
        settings.putAll(Map.of("sasl.enabled.mechanisms", MECHANISM, "sasl.mechanism.inter.broker.protocol", MECHANISM,
                "listener.name.clients.scram-sha-512.sasl.jaas.config", login(ADMIN, password)));
        settings.putAll(Map.of("ssl.keystore.location", keys.keys().toString(), "ssl.keystore.type", "PKCS12",
                "ssl.keystore.password", keys.password(), "ssl.key.password", keys.password()));
        settings.putAll(trust(keys));
        // The broker speaks to the controller, which is the same process, as nobody.
        settings.putAll(Map.of("authorizer.class.name", TellingAuthorizer.class.getName(),
                "super.users", "User:" + ADMIN + ";User:ANONYMOUS", "allow.everyone.if.no.acl.found", "false"));
        settings.putAll(Map.of("offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "2",
                "transaction.state.log.replication.factor", "1", "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "2", "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0", "log.cleaner.dedupe.buffer.size", "16777216"));
        return settings;
    }

    private static Map<String, String> trust(TlsKeys keys) {
        return Map.of("ssl.truststore.location", keys.trust().toString(), "ssl.truststore.type", "PKCS12",
                "ssl.truststore.password", keys.password());
    }

    /** What sasl.jaas.config says of a user. */
    public static String login(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    private static List<Integer> freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        }
    }

    /** For bootstrap.servers. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** The settings of a user's clients. */
    public Map<String, String> connection(String user) {
        Map<String, String> settings = new HashMap<>(trust(keys));
        settings.putAll(Map.of("bootstrap.servers", bootstrapServers(), "security.protocol", "SASL_SSL",
                "sasl.mechanism", MECHANISM, "sasl.jaas.config", login(user, passwords.get(user))));
        return settings;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
