package io.oodmonitor.dataset;

/** Compressed tar archives, bombs included: a data set, or an IOException. */
public final class TarGzFuzz {

    private static final DatasetTarget TARGET = new DatasetTarget("input.tar.gz", 256);

    private TarGzFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }
}
