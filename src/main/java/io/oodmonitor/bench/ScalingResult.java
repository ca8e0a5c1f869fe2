package io.oodmonitor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.cli.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What several instances do more than one.
 *
 * @param model    name, version and detector
 * @param workload the images, in words
 */
record ScalingResult(String model, String workload, int instances, List<ScalingRound> rounds, Tally.Totals totals) {

    ScalingResult {
        rounds = List.copyOf(rounds);
    }

    double ratio() {
        return ScalingRound.median(rounds).ratio();
    }

    /** For a terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(model + ", " + workload);
        lines.add("1 instance on one core, then " + instances + ", each on a core of its own; broker, registry and "
                + "sender where there is room");
        rounds.forEach(round -> lines.add(String.format(Locale.ROOT, "%12s %12s   x %.2f",
                Numbers.perSecond(round.one()), Numbers.perSecond(round.all()), round.ratio())));
        lines.add(String.format(Locale.ROOT, "Median: x %.2f; %s sent, %s lost, %s doubled", ratio(),
                Numbers.count(totals.sent()), Numbers.count(totals.lost()), Numbers.count(totals.duplicated())));
        return lines;
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("work", model + "; " + workload)
                .put("instances", instances).put("ratio", rounded(ratio()));
        ArrayNode array = json.putArray("rounds");
        rounds.forEach(round -> array.addObject().put("one", rounded(round.one())).put("all", rounded(round.all()))
                .put("ratio", rounded(round.ratio())));
        return json.put("sent", totals.sent()).put("verdicts", totals.verdicts())
                .put("deadLetters", totals.deadLetters()).put("lost", totals.lost())
                .put("duplicated", totals.duplicated());
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
