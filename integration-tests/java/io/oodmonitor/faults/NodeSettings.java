package io.oodmonitor.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Settings of the nodes of one cluster: brokers, and apart from them the controllers, which never fail.
 *
 * @param brokers         how many; topics have three replicas and need two where there are three or more, else one
 * @param controllerPorts of each controller
 */
record NodeSettings(int brokers, List<Integer> controllerPorts) {

    /** A broker that is silent for so long counts as dead. */
    static final Duration SESSION = Duration.ofSeconds(4);

    static final String CONTROLLER = "CONTROLLER";

    private static final String HOST = "127.0.0.1";
    private static final int FIRST_CONTROLLER = 101;

    /**
     * A broker's.
     *
     * @param id         from 1
     * @param direct     port for brokers, load and audit
     * @param proxied    port that a proxy connects to
     * @param advertised the proxy's port, which the application is told
     */
    Properties broker(int id, int direct, int proxied, int advertised, Path data) {
        Properties settings = common(id, data);
        settings.put("process.roles", "broker");
        settings.put("listeners", "DIRECT://" + HOST + ":" + direct + ",PROXIED://" + HOST + ":" + proxied);
        settings.put("advertised.listeners",
                "DIRECT://" + HOST + ":" + direct + ",PROXIED://" + HOST + ":" + advertised);
        settings.put("inter.broker.listener.name", "DIRECT");
        return settings;
    }

    /** A controller's, counted from 0. */
    Properties controller(int index, Path data) {
        Properties settings = common(FIRST_CONTROLLER + index, data);
        settings.put("process.roles", "controller");
        settings.put("listeners", CONTROLLER + "://" + HOST + ":" + controllerPorts.get(index));
        return settings;
    }

    private Properties common(int id, Path data) {
        String replicas = brokers < 3 ? "1" : "3";
        String inSync = brokers < 3 ? "1" : "2";
        Properties settings = new Properties();
        settings.put("node.id", Integer.toString(id));
        settings.put("log.dirs", data.toString());
        settings.put("controller.quorum.voters", IntStream.range(0, controllerPorts.size())
                .mapToObj(i -> FIRST_CONTROLLER + i + "@" + HOST + ":" + controllerPorts.get(i))
                .collect(Collectors.joining(",")));
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listener.security.protocol.map", CONTROLLER + ":PLAINTEXT,DIRECT:PLAINTEXT,PROXIED:PLAINTEXT");

        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("auto.create.topics.enable", "false");

        // Whoever is dead is noticed soon: a campaign has many deaths to see.
        settings.put("broker.session.timeout.ms", Long.toString(SESSION.toMillis()));
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // As the embedded broker has it, and for its reasons.
        settings.put("add.partitions.to.txn.retry.backoff.max.ms", "5000");

        // Up to four of them share two cores with all else.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "4");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
        settings.put("metric.reporters", "");
        return settings;
    }
}
