package io.oodmonitor.dataset;

/** IDX files: a data set, or an IOException. */
public final class IdxFuzz {

    private static final DatasetTarget TARGET = new DatasetTarget("input-images-idx3-ubyte", 512);

    private IdxFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }
}
