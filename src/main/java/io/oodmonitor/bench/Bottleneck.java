package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Numbers;
import java.util.Comparator;
import java.util.Map;

/** What holds a stream back, in a sentence. Stateless. */
final class Bottleneck {

    /** From here on a limit explains a rate: two measurements of one thing differ by as much. */
    private static final double EXPLAINED = 0.85;
    /** Below, cores stand idle. */
    private static final double BUSY = 0.8;

    private Bottleneck() {}

    /**
     * Says it.
     *
     * @param stream      images per second, saturated
     * @param millis      processor milliseconds for an image, by who used them
     * @param utilisation share of the cores in use
     */
    static String of(Limits limits, double stream, Map<Stage, Double> millis, double utilisation) {
        Limits.Limit lowest = limits.lowest();
        double share = stream / lowest.imagesPerSecond();
        if (share >= EXPLAINED) {
            return "The " + lowest.name() + ": the stream runs at " + Numbers.percent(share)
                    + " of what that does alone.";
        }
        if (utilisation < BUSY) {
            return "Waiting: only " + Numbers.percent(utilisation) + " of the cores were in use, and the stream runs at "
                    + Numbers.percent(share) + " of what the " + lowest.name() + " does alone.";
        }
        Stage most = millis.entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .orElseThrow().getKey();
        double total = millis.values().stream().mapToDouble(Double::doubleValue).sum();
        return "The cores: all are in use, " + Numbers.percent(millis.get(most) / total) + " of the time for "
                + most.words() + "; sharing them, network, decoding and broker could do "
                + Numbers.perSecond(limits.together()) + ", and the stream does "
                + Numbers.percent(stream / limits.together()) + " of that.";
    }
}
