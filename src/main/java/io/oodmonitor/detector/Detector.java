package io.oodmonitor.detector;

/** A method and its parameters, before it was fitted to a network. Immutable. */
public sealed interface Detector permits Energy, Dice {

    /** Method and parameters as text that {@link #parse} reads back, for example {@code dice@90}. */
    String name();

    /** The detector of one network. The head and the statistics must agree in their number of features. */
    HeadEnergy fit(LinearHead head, IdStatistics statistics);

    /**
     * Identifies the scores of one fitted detector: name and the version of the mask, {@code dice@90#0}. Scores and
     * thresholds compare only where these texts are equal.
     *
     * @param maskVersion 0 as fitted, then one more for each update of the mask
     */
    default String version(int maskVersion) {
        if (maskVersion < 0) {
            throw new IllegalArgumentException("a mask version must be at least 0, but is " + maskVersion);
        }
        return name() + "#" + maskVersion;
    }

    /** Reads what {@link #name()} wrote: {@code energy}, or {@code dice@} and a sparsity in percent. */
    static Detector parse(String name) {
        if (name.equals(Energy.NAME)) {
            return new Energy();
        }
        if (name.startsWith(Dice.PREFIX)) {
            try {
                return new Dice(Double.parseDouble(name.substring(Dice.PREFIX.length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "the sparsity of dice must be a number as in dice@90, but the detector is '" + name + "'", e);
            }
        }
        throw new IllegalArgumentException("a detector must be energy or dice@SPARSITY, but is '" + name + "'");
    }
}
