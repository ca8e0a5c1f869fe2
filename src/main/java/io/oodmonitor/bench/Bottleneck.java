package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Numbers;
import java.util.Map;

/** What holds a stream back, in a sentence. Stateless. */
final class Bottleneck {

    /** From here on a limit explains a rate: two measurements of one thing differ by as much. */
    private static final double EXPLAINED = 0.85;
    /** From here on others had a part in it. */
    private static final double DISTURBED = 0.15;
    /** Below, cores stand idle. */
    private static final double BUSY = 0.8;

    private Bottleneck() {}

    static String of(Limits limits, Saturated saturated) {
        double stream = saturated.imagesPerSecond();
        Limits.Limit lowest = limits.lowest();
        double share = stream / lowest.imagesPerSecond();
        String reached = "stream runs at " + Numbers.percent(share) + " of what the " + lowest.name() + " alone does";
        if (share >= EXPLAINED) {
            return "The " + lowest.name() + ": the " + reached + ".";
        }
        if (saturated.others() >= DISTURBED) {
            return "Other programs: they used " + Numbers.percent(saturated.others()) + " of the cores meanwhile, and "
                    + "the " + reached + ". Stop them and measure again.";
        }
        if (saturated.utilisation() < BUSY) {
            return "Waiting: only " + Numbers.percent(saturated.utilisation()) + " of the cores were in use, and the "
                    + reached + ".";
        }
        Map<Stage, Double> millis = saturated.millis();
        Stage most = millis.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        return "The cores: all are in use, " + Numbers.percent(millis.get(most) / saturated.millisPerImage())
                + " of the time for " + most.words() + "; sharing them, network, decoding and copying could do "
                + Numbers.perSecond(limits.together()) + ", and the stream does "
                + Numbers.percent(stream / limits.together()) + " of that.";
    }
}
