package io.oodmonitor.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** A process of Kafka's nodes: one broker, or the controllers. It runs until it is killed or its parent is gone. */
final class ClusterNode {

    static final String READY = "ready";

    private ClusterNode() {}

    /** @param arguments the cluster's id, and a file of settings for each node */
    public static void main(String[] arguments) throws Exception {
        List<CompletableFuture<Void>> starting = new ArrayList<>();
        for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
            Properties settings = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                settings.load(reader);
            }
            formatIfNew(arguments[0], settings);
            KafkaRaftServer node = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            // Controllers wait for each other.
            starting.add(CompletableFuture.runAsync(node::startup, task -> new Thread(task, "start").start()));
        }
        starting.forEach(CompletableFuture::join);
        System.out.println(READY);
        awaitEndOfInput();
        Runtime.getRuntime().halt(0);
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            continue;
        }
    }

    private static void formatIfNew(String clusterId, Properties settings) throws Exception {
        Path folder = Files.createDirectories(Path.of(settings.getProperty("log.dirs")));
        if (Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setClusterId(clusterId)
                    .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                    .setControllerListenerName(NodeSettings.CONTROLLER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .run();
        }
    }
}
