package io.oodmonitor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, one node) inside this JVM. It listens on the loopback address only and keeps everything
 * in one folder: topics, offsets and transactions are there again at the next start, also after kill -9 and on another
 * port. When it can no longer go on, for example on a full disk, it ends the process with code 1.
 *
 * <p>Who starts it closes it, after the clients: it registers no shutdown hook, and its threads keep the JVM alive.
 * Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

    static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CONTROLLED_SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private final BrokerFolder folder;
    private final BoundSockets sockets;
    private final String clusterId;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final CompletableFuture<Void> startFailure = new CompletableFuture<>();
    private final BrokerFaults faults = new BrokerFaults(startFailure);
    private final boolean temporary;
    private boolean closed;

    private EmbeddedBroker(BrokerFolder folder, BoundSockets sockets, boolean temporary) throws Exception {
        this.folder = folder;
        this.sockets = sockets;
        this.temporary = temporary;
        KafkaConfig config = KafkaConfig.fromProps(
                BrokerSettings.of(folder.path(), sockets.clientPort(), sockets.controllerPort()), false);
        MetaPropertiesEnsemble properties = folder.properties();
        clusterId = properties.clusterId().orElseThrow();
        SharedServer shared = new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                faults,
                sockets);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folder.bootstrapMetadata());
        broker = new BrokerServer(shared);
    }

    /**
     * Starts a broker on the data of this folder; returns when it answers.
     *
     * @param folder its data; made and formatted if absent or empty
     * @param port   where clients connect on 127.0.0.1; 0 for any free one
     * @throws EmbeddedBrokerException if the port is taken, another broker holds the folder, or its data cannot be read
     */
    public static EmbeddedBroker start(Path folder, int port) {
        return start(folder, port, false);
    }

    /**
     * Starts a broker on a new folder among the system's temporary files and on any free port. Closing it deletes its
     * data; kill -9 leaves them behind.
     *
     * @throws EmbeddedBrokerException if the folder cannot be made
     */
    public static EmbeddedBroker startTemporary() {
        Path folder;
        try {
            folder = Files.createTempDirectory("ood-monitor-broker-");
        } catch (IOException e) {
            throw new EmbeddedBrokerException("no temporary folder can be made for the embedded Kafka broker: " + e, e);
        }
        try {
            return start(folder, 0, true);
        } catch (EmbeddedBrokerException e) {
            delete(folder);
            throw e;
        }
    }

    private static EmbeddedBroker start(Path path, int port, boolean temporary) {
        BrokerFaults.replaceExit();
        BrokerFolder folder = BrokerFolder.open(path);
        BoundSockets sockets = null;
        EmbeddedBroker broker = null;
        try {
            sockets = BoundSockets.bind(port);
            broker = new EmbeddedBroker(folder, sockets, temporary);
            broker.startAndWait();
            return broker;
        } catch (Exception e) {
            if (broker != null) {
                broker.close();
            } else {
                if (sockets != null) {
                    sockets.close();
                }
                folder.close();
            }
            throw asSentence(path, e);
        }
    }

    private static EmbeddedBrokerException asSentence(Path path, Exception e) {
        if (e instanceof EmbeddedBrokerException sentence) {
            return sentence;
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new EmbeddedBrokerException("the start of the embedded Kafka broker was interrupted", e);
        }
        if (e instanceof TimeoutException) {
            return new EmbeddedBrokerException("the embedded Kafka broker on folder " + path + " did not start within "
                    + START_TIMEOUT.toSeconds() + " s", e);
        }
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        return new EmbeddedBrokerException(
                "the embedded Kafka broker on folder " + path + " did not start: " + cause, cause);
    }

    private void startAndWait() throws Exception {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread starting = daemon("embedded-broker-start", () -> {
            try {
                // The broker registers with the controller, so that one comes first.
                controller.startup();
                EarlierSession.awaitEnd(controller);
                broker.startup();
                started.complete(null);
            } catch (Throwable e) {
                started.completeExceptionally(e);
            }
        });
        try {
            CompletableFuture.anyOf(started, startFailure).get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            faults.started();
        } finally {
            // Kafka cleans up after a start that it knows has failed, so one that still waits must be told.
            starting.interrupt();
            starting.join(CLOSE_TIMEOUT.toMillis());
        }
    }

    /** For bootstrap.servers: host and port. */
    public String bootstrapServers() {
        return BoundSockets.HOST + ":" + port();
    }

    /** Where clients connect on 127.0.0.1. */
    public int port() {
        return sockets.clientPort();
    }

    /** The cluster's id, made with the folder and kept by it. */
    public String clusterId() {
        return clusterId;
    }

    /**
     * Stops the broker and lets go of its folder, within a bounded time. A second call does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        faults.closed();
        // The controller grants the broker its orderly shutdown, so that one goes last.
        Thread stopping = daemon("embedded-broker-stop", () -> {
            broker.shutdown(CONTROLLED_SHUTDOWN_TIMEOUT);
            controller.shutdown();
        });
        boolean stopped = false;
        try {
            stopping.join(CLOSE_TIMEOUT.toMillis());
            stopped = !stopping.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.close();
        if (!stopped) {
            // INVARIANT: the folder is let go only when nothing writes to it any more.
            LOG.warn("the embedded Kafka broker did not stop within {} s; its folder {} stays locked until this process"
                    + " ends", CLOSE_TIMEOUT.toSeconds(), folder.path());
            return;
        }
        folder.close();
        if (temporary) {
            delete(folder.path());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("temporary folder {} cannot be deleted: {}", folder, e.toString());
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
