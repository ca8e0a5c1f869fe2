package io.oodmonitor.detector.statistics;

import io.oodmonitor.fuzz.Allowance;
import io.oodmonitor.fuzz.InputFile;
import java.io.IOException;

/** NumPy's .npy files: an array of one or two dimensions, or an IOException. */
public final class NpyFuzz {

    private static final InputFile FILE = new InputFile("input.npy");
    private static final Allowance ALLOWANCE = Allowance.mebibytes(16, IOException.class);

    private NpyFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        for (int dimensions = 1; dimensions <= 2; dimensions++) {
            int expected = dimensions;
            ALLOWANCE.check(() -> {
                NpyArray array = NpyArray.read(FILE.of(input), expected);
                long length = array.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
                if (array.shape().size() != expected || array.doubles().length != length
                        || array.floats().length != length) {
                    throw new AssertionError("an array must be as its shape says, but is " + array);
                }
            });
        }
    }
}
