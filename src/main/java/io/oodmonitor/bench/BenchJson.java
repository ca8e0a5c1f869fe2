package io.oodmonitor.bench;

import static io.oodmonitor.bench.Figures.rounded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.latency.Latency;

/** A bench's result for whoever computes with it. Rates in images per second, sizes in bytes. */
record BenchJson(BenchResult result) {

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Saturated saturated = result.saturated();
        ObjectNode row = json.putArray("rows").addObject().put("work", result.model() + "; " + result.workload())
                .put("imagesPerSecond", rounded(saturated.imagesPerSecond()))
                .put("limit", rounded(result.limits().lowest().imagesPerSecond()))
                .put("limitedBy", result.limits().lowest().name())
                .put("ratio", rounded(result.ratio()))
                .put("limitTogether", rounded(result.limits().together()))
                .put("ratioTogether", rounded(saturated.imagesPerSecond() / result.limits().together()))
                .put("ratioToNetwork", rounded(result.ratioToNetwork()))
                .put("ratioToLoop", rounded(result.ratioToLoop()))
                .put("ratioToDefaultThreads", rounded(result.ratioToDefaultThreads()))
                .put("ratioToCopying", rounded(result.ratioToCopying()))
                .put("processorTimesCopying", rounded(result.processorTimesCopying()));
        latency(row, result.halfLoad().latency());
        LatencyBound bound = result.latencyBound();
        row.putObject("p99BoundMs").put("batch", rounded(bound.batch())).put("maxDelay", rounded(bound.maxDelay()))
                .put("commitInterval", rounded(bound.commitInterval())).put("bound", rounded(bound.millis()));
        BatchingGain gain = result.batchingGain();
        ObjectNode batching = row.putObject("batchingGain");
        gain.stream().ifPresent(times -> batching.put("stream", rounded(times)));
        gain.network().ifPresent(times -> batching.put("network", rounded(times)));
        json.put("cores", result.cores()).put("bottleneck", result.bottleneck());
        limits(json);
        ArrayNode trials = json.putArray("trials");
        result.trials().forEach(trial -> setting(trials.addObject(), trial.setting())
                .put("imagesPerSecond", rounded(trial.imagesPerSecond()))
                .put("meanBatchSize", rounded(trial.batchSize())));
        ArrayNode loads = json.putArray("loads");
        result.loads().forEach(load -> latency(waits(loads.addObject().put("share", load.share())
                .put("imagesPerSecond", rounded(load.imagesPerSecond()))
                .put("meanBatchSize", rounded(load.work().batchSize()))
                .put("meanBatchMs", rounded(load.work().batchMillis())), load.work().waits()), load.latency()));
        waits(json, saturated.waits());
        ArrayNode rounds = json.putArray("rounds");
        result.rounds().forEach(round -> rounds.addObject().put("network", rounded(round.network()))
                .put("networkWithDefaultThreads", rounded(round.defaultThreads()))
                .put("loop", rounded(round.loop()))
                .put("copying", rounded(round.copying().imagesPerSecond()))
                .put("copyingProcessorMillisPerImage", rounded(round.copying().millisPerImage()))
                .put("processorMillisPerImage", rounded(round.saturated().millisPerImage()))
                .put("imagesPerSecond", rounded(round.saturated().imagesPerSecond()))
                .put("ratio", rounded(round.ratio())));
        setting(json.putObject("best"), saturated.trial().setting())
                .put("meanBatchSize", rounded(saturated.trial().batchSize()));
        ObjectNode processor = json.putObject("processorMillisPerImage");
        saturated.millis().forEach((stage, millis) -> processor.put(stage.words(), rounded(millis)));
        json.put("coresInUse", rounded(saturated.utilisation()))
                .put("coresInUseByOthers", rounded(saturated.others()));
        json.put("peakHeapBytes", saturated.memory().heapBytes())
                .put("peakDirectBytes", saturated.memory().directBytes())
                .put("peakBytesInFlight", saturated.peakBytesInFlight());
        Figures.account(json, result.totals());
        return json;
    }

    private void limits(ObjectNode json) {
        ArrayNode networks = json.putArray("onnxRuntimeAlone");
        result.networks().forEach(rate -> networks.addObject().put("batchSize", rate.batchSize())
                .put("lanes", rate.lanes()).put("threadsPerLane", rate.threadsPerLane())
                .put("imagesPerSecond", rounded(rate.imagesPerSecond())));
        ObjectNode limits = json.putObject("limits");
        result.limits().alone().forEach(limit -> limits.put(limit.name(), rounded(limit.imagesPerSecond())));
        limits.put("loop", rounded(result.limits().loop()));
    }

    private static ObjectNode setting(ObjectNode json, Setting setting) {
        return json.put("batchSize", setting.batchSize()).put("maxDelayMs", setting.maxDelayMillis())
                .put("lanes", setting.lanes()).put("threadsPerLane", setting.threadsPerLane());
    }

    private static ObjectNode waits(ObjectNode json, MeanWaits waits) {
        json.putObject("meanWaitMs").put("decode", rounded(waits.decode())).put("others", rounded(waits.others()))
                .put("lane", rounded(waits.lane())).put("network", rounded(waits.network()));
        return json;
    }

    private static void latency(ObjectNode json, Latency latency) {
        json.putObject("latencyMs").put("p50", rounded(latency.p50())).put("p95", rounded(latency.p95()))
                .put("p99", rounded(latency.p99()));
    }
}
