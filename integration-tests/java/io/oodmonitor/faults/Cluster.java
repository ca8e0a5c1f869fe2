package io.oodmonitor.faults;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Brokers as processes to be killed, each behind a network to be cut. Controllers run in a process of their own, which
 * lives as long as the cluster. Not thread-safe.
 */
final class Cluster implements AutoCloseable {

    /**
     * How long a killed broker stays away at least.
     *
     * <p>INVARIANT: the controllers have noticed its death before it is back. Else a transaction whose markers it was
     * writing may stay open for ever (KAFKA-20734; the embedded broker waits for the same reason).
     */
    static final Duration SHORTEST_OUTAGE = NodeSettings.SESSION.plusSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> OPTIONS = List.of("-Xmx320m");

    private final Path folder;
    private final String id = Uuid.randomUuid().toString();
    private final List<Integer> directPorts = new ArrayList<>();
    private final List<TcpProxy> networks = new ArrayList<>();
    private final JavaProcess controllers;
    private final List<JavaProcess> brokers = new ArrayList<>();

    private Cluster(Path folder, int size) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        int quorum = size < 3 ? 1 : 3;
        List<Integer> ports = Ports.free(quorum + 2 * size);
        NodeSettings settings = new NodeSettings(size, ports.subList(0, quorum));
        List<String> controllerFiles = new ArrayList<>(List.of(id));
        for (int i = 0; i < quorum; i++) {
            controllerFiles.add(write("controller-" + (i + 1), settings.controller(i, data("controller-" + (i + 1)))));
        }
        for (int i = 0; i < size; i++) {
            int direct = ports.get(quorum + 2 * i);
            int proxied = ports.get(quorum + 2 * i + 1);
            directPorts.add(direct);
            networks.add(TcpProxy.to(proxied));
            String name = name(i);
            write(name, settings.broker(i + 1, direct, proxied, networks.get(i).port(), data(name)));
        }
        controllers = JavaProcess.start("controllers", folder, OPTIONS, ClusterNode.class.getName(), controllerFiles);
        controllers.awaitLine(ClusterNode.READY, 0, PATIENCE);
    }

    /** Makes a cluster in an empty folder and starts it. */
    static Cluster start(Path folder, int size) throws IOException, InterruptedException {
        Cluster cluster = new Cluster(folder, size);
        try {
            IntStream.range(0, size).forEach(i -> cluster.brokers.add(cluster.launch(i)));
            cluster.awaitReady();
            return cluster;
        } catch (RuntimeException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    private static String name(int broker) {
        return "broker-" + (broker + 1);
    }

    private Path data(String node) {
        return folder.resolve(node);
    }

    private Path settingsFile(String node) {
        return folder.resolve(node + ".properties");
    }

    private String write(String node, Properties settings) throws IOException {
        try (Writer writer = Files.newBufferedWriter(settingsFile(node))) {
            settings.store(writer, null);
        }
        return settingsFile(node).toString();
    }

    private JavaProcess launch(int broker) {
        return JavaProcess.start(name(broker), folder, OPTIONS, ClusterNode.class.getName(),
                List.of(id, settingsFile(name(broker)).toString()));
    }

    private void awaitReady() throws InterruptedException {
        for (JavaProcess broker : brokers) {
            broker.awaitLine(ClusterNode.READY, 0, PATIENCE);
        }
    }

    int size() {
        return brokers.size();
    }

    /** For bootstrap.servers of whoever must not suffer from the network. */
    String direct() {
        return servers(directPorts);
    }

    /** For bootstrap.servers of the application. */
    String proxied() {
        return servers(networks.stream().map(TcpProxy::port).toList());
    }

    private static String servers(List<Integer> ports) {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** The application's way to each broker. */
    List<TcpProxy> networks() {
        return networks;
    }

    /** kill -9 of some brokers at once; returns after so long, when they run again. */
    void outage(List<Integer> killed, Duration length) throws InterruptedException {
        if (length.compareTo(SHORTEST_OUTAGE) < 0) {
            throw new IllegalArgumentException("an outage must last at least " + SHORTEST_OUTAGE + ", but is "
                    + length);
        }
        for (int broker : killed) {
            brokers.get(broker).kill();
        }
        Thread.sleep(length.toMillis());
        killed.forEach(broker -> brokers.set(broker, launch(broker)));
        awaitReady();
    }

    @Override
    public void close() {
        brokers.forEach(JavaProcess::close);
        controllers.close();
        networks.forEach(TcpProxy::close);
    }
}
