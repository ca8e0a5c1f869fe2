package io.oodmonitor.dataset;

/** Tar archives, links and names that lead out of them included: a data set, or an IOException. */
public final class TarFuzz {

    private static final DatasetTarget TARGET = new DatasetTarget("input.tar", 128);

    private TarFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }
}
