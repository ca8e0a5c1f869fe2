package io.oodmonitor.dataset;

import io.oodmonitor.fuzz.Allowance;
import io.oodmonitor.fuzz.InputFile;
import java.io.IOException;

/** Pickles, as CIFAR's Python version has them: a batch of images or names of classes, or an IOException. */
public final class PickleFuzz {

    private static final InputFile FILE = new InputFile("batch");
    private static final Allowance ALLOWANCE = Allowance.mebibytes(64, IOException.class);

    private PickleFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        for (CifarLayout layout : CifarLayout.values()) {
            ALLOWANCE.check(() -> PickledBatch.read(ByteSource.of(FILE.of(input)), layout));
            ALLOWANCE.check(() -> PickledBatch.classNames(ByteSource.of(FILE.of(input)), layout));
        }
    }
}
