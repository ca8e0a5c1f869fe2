package io.oodmonitor.bench;

import static io.oodmonitor.bench.Figures.rounded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A soak's result for whoever computes with it. Sizes in bytes. */
record SoakJson(SoakResult result) {

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("work", result.model() + "; " + result.workload()).put("cores", result.cores())
                .put("seconds", result.samples().get(result.samples().size() - 1).at().toSeconds())
                .put("imagesPerSecond", rounded(result.imagesPerSecond()))
                .put("heapLimitBytes", result.heapLimitBytes());
        growth(json.putObject("heapAfterCollection"), result.heap());
        result.resident().ifPresent(growth -> growth(json.putObject("resident"), growth));
        json.put("peakBytesInFlight", result.peakBytesInFlight()).put("maxBytesInFlight", result.inFlightBound())
                .put("flat", result.isFlat()).put("bounded", result.isBounded());
        Figures.account(json, result.totals());
        ArrayNode samples = json.putArray("samples");
        result.samples().forEach(sample -> {
            ObjectNode one = samples.addObject().put("seconds", rounded(sample.at().toMillis() / 1e3))
                    .put("imagesPerSecond", rounded(sample.imagesPerSecond()))
                    .put("heapAfterCollectionBytes", sample.heapBytes()).put("directBytes", sample.directBytes());
            sample.residentBytes().ifPresent(bytes -> one.put("residentBytes", bytes));
        });
        return json;
    }

    private static void growth(ObjectNode json, Growth growth) {
        json.put("secondQuarterBytes", growth.earlyBytes()).put("lastQuarterBytes", growth.lateBytes());
    }
}
