package io.oodmonitor.dataset;

/** MATLAB files: a data set, or an IOException. */
public final class MatFuzz {

    private static final DatasetTarget TARGET = new DatasetTarget("input.mat", 512);

    private MatFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }
}
