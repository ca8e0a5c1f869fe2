package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.history.PerformanceSample;
import java.util.Map;
import java.util.Optional;

/** How a monitor does at one moment, for those who follow it. */
final class StatusContent {

    private StatusContent() {}

    /** @param sample of the last second */
    static ObjectNode of(long nowMillis, Optional<Dashboard.Told> told, PerformanceSample sample) {
        Optional<String> why = Dashboard.whyNotReady(told);
        ObjectNode body = Json.object().put("ready", why.isEmpty()).put("why", why.orElse(null)).put("now", nowMillis)
                .put("imagesPerSecond", sample.imagesPerSecond());
        Json.put(body, "lag", sample.knownLag());
        Json.put(body, "latencyP50Ms", sample.p50());
        Json.put(body, "latencyP99Ms", sample.p99());
        Json.put(body, "batchSize", sample.batchSize());
        Json.put(body, "queueWaitMs", sample.queueWaitMillis());
        return body.<ObjectNode>set("deadLetters", HistoryContent.deadLetters(
                told.map(now -> now.history().deadLetters().byReason()).orElse(Map.of())));
    }
}
