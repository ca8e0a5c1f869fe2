package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What several instances do more than one, for a terminal. */
record ScalingTable(ScalingResult result) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(result.model() + ", " + result.workload());
        lines.add("1 instance on one core, then " + result.instances() + ", each on a core of its own; broker, registry "
                + "and sender where there is room");
        result.rounds().forEach(round -> lines.add(String.format(Locale.ROOT, "%12s %12s   x %.2f",
                Numbers.perSecond(round.one()), Numbers.perSecond(round.all()), round.ratio())));
        lines.add(String.format(Locale.ROOT, "Median: x %.2f", result.ratio()));
        lines.add("Account: " + result.totals().inWords());
        return lines;
    }
}
