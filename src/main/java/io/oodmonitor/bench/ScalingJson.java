package io.oodmonitor.bench;

import static io.oodmonitor.bench.Figures.rounded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What several instances do more than one, for whoever computes with it. Rates in images per second. */
record ScalingJson(ScalingResult result) {

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("work", result.model() + "; " + result.workload()).put("instances", result.instances())
                .put("ratio", rounded(result.ratio()));
        ArrayNode rounds = json.putArray("rounds");
        result.rounds().forEach(round -> rounds.addObject().put("one", rounded(round.one()))
                .put("all", rounded(round.all())).put("ratio", rounded(round.ratio())));
        Figures.account(json, result.totals());
        return json;
    }
}
