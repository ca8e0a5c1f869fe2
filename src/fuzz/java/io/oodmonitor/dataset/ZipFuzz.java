package io.oodmonitor.dataset;

/** Zip archives, names that lead out of them and bombs included: a data set, or an IOException. */
public final class ZipFuzz {

    private static final DatasetTarget TARGET = new DatasetTarget("input.zip", 128);

    private ZipFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }
}
