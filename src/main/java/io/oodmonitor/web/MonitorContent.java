package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.MonitorHealth;
import io.oodmonitor.stream.MonitorLoad;
import io.oodmonitor.stream.ShownSettings;
import java.time.Duration;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpStatus;

/** What a running monitor tells those who may read it. */
final class MonitorContent {

    private static final double NANOS = 1e9;

    private MonitorContent() {}

    /** What waits to be judged, and why, if nothing is judged at the moment. */
    static JsonAnswer.Content status(MonitorHealth health, MonitorLoad load) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("stream", health.stream().name());
        health.engineFailure().ifPresent(failure -> body.put("engineFailure", failure));
        put(body, "lag", load.lag());
        body.put("pending", load.pending()).put("oldestPendingSeconds", seconds(load.oldestPending()))
                .put("bytesInFlight", load.bytesInFlight());
        load.partitions().forEach(partition -> {
            ObjectNode entry = body.withArray("/partitions").addObject()
                    .put("topic", partition.topic()).put("partition", partition.partition());
            put(entry, "lag", partition.lag());
            entry.put("pending", partition.pending())
                    .put("oldestPendingSeconds", seconds(partition.oldestPending()));
        });
        return new JsonAnswer.Content(HttpStatus.OK_200, body);
    }

    /** Every setting in force, but no secret. */
    static JsonAnswer.Content config(MonitorConfig config) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ShownSettings.of(config).forEach(body::put);
        return new JsonAnswer.Content(HttpStatus.OK_200, body);
    }

    private static void put(ObjectNode body, String name, OptionalLong value) {
        if (value.isPresent()) {
            body.put(name, value.getAsLong());
        } else {
            body.putNull(name);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
