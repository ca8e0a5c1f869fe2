package io.oodmonitor.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of the one broker, which is its cluster's controller too. */
final class BrokerSettings {

    /** The largest record batch: room for a photo as a camera writes it. A producer has a limit of its own, 1 MiB. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /** What a partition of a topic that is not compacted may keep: the older of a day and this are deleted. */
    static final long RETENTION_BYTES = 1L << 30;

    private BrokerSettings() {
    }

    static Properties of(Path folder, int clientPort, int controllerPort) {
        Properties settings = new Properties();
        String clients = BoundSockets.CLIENTS + "://" + BoundSockets.HOST + ":" + clientPort;
        String controller = BoundSockets.HOST + ":" + controllerPort;

        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(BrokerFolder.NODE_ID));
        settings.put("controller.quorum.voters", BrokerFolder.NODE_ID + "@" + controller);
        settings.put("listeners", clients + "," + BoundSockets.CONTROLLER + "://" + controller);
        settings.put("advertised.listeners", clients);
        settings.put("listener.security.protocol.map",
                BoundSockets.CLIENTS + ":PLAINTEXT," + BoundSockets.CONTROLLER + ":PLAINTEXT");
        settings.put("controller.listener.names", BoundSockets.CONTROLLER);
        settings.put("inter.broker.listener.name", BoundSockets.CLIENTS);
        settings.put("log.dirs", folder.toString());

        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));

        // Images would fill a disk: a day of them is kept, and at most 1 GiB a partition. Retention deletes whole
        // segments, so these are smaller than Kafka's. Compacted topics are not concerned.
        settings.put("log.retention.hours", "24");
        settings.put("log.retention.bytes", Long.toString(RETENTION_BYTES));
        settings.put("log.segment.bytes", Integer.toString(128 * 1024 * 1024));
        // Kafka looks every five minutes: at 50 MB of images a second 15 GB would have come by then.
        settings.put("log.retention.check.interval.ms", "30000");

        // One broker: one replica of everything, and few partitions where Kafka has 50 of each.
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");

        // A misspelt topic is an error, not a new topic.
        settings.put("auto.create.topics.enable", "false");

        // Nobody else joins: waiting for others would only delay the first assignment.
        settings.put("group.initial.rebalance.delay.ms", "0");

        // After kill -9 the controller takes the dead broker for alive until its session ends, and the new one waits:
        // 9 s by default. Heartbeats do not leave this JVM, so that a shorter session will do.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("server.max.startup.time.ms", Long.toString(EmbeddedBroker.START_TIMEOUT.toMillis()));

        // A transaction's first batch waits until the one before it is written out. On busy cores that may take longer
        // than the default's 100 ms: the batch was refused, and the next, on its way already, was out of order.
        settings.put("add.partitions.to.txn.retry.backoff.max.ms", "5000");

        // Small: it shares a JVM, and perhaps two cores, with the network that scores.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "4");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
        settings.put("metric.reporters", "");
        return settings;
    }
}
