package io.oodmonitor.faults;

import java.util.Locale;

/**
 * A fault that was injected.
 *
 * @param atSeconds        since the load began
 * @param lastedSeconds    until it was over
 * @param recoveredSeconds from then until images that were acknowledged after it, of every partition, had come out;
 *                         null if that took too long, or the fault did not end
 * @param seen             what else was seen, in words
 */
record FaultSeen(String name, double atSeconds, double lastedSeconds, Double recoveredSeconds, String seen) {

    /** For whoever watches: all but the name. */
    String shortly() {
        String recovered = recoveredSeconds == null ? "no verdicts again in time"
                : String.format(Locale.ROOT, "verdicts again after %.1f s", recoveredSeconds);
        return String.format(Locale.ROOT, "  over after %.1f s, %s%s", lastedSeconds, recovered,
                seen.isEmpty() ? "" : ": " + seen);
    }
}
