package io.oodmonitor.dataset;

import io.oodmonitor.fuzz.Allowance;
import io.oodmonitor.fuzz.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Reads a file as a data set, its first images included; nothing may be written beside it. */
final class DatasetTarget {

    /** A file may claim millions of images of a pixel. */
    private static final int MOST_SAMPLES = 1_000;
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1_000, 100_000, 1 << 20, 100, 1 << 20, 1 << 20);

    private final Allowance allowance;
    private final InputFile file;

    /** @param mebibytes that reading the file may allocate */
    DatasetTarget(String name, int mebibytes) {
        this.allowance = Allowance.mebibytes(mebibytes, IOException.class, UncheckedIOException.class);
        this.file = new InputFile(name);
    }

    void read(byte[] input) {
        allowance.check(() -> {
            Dataset dataset = DatasetFormat.open(DatasetPath.of(file.of(input)), LIMITS);
            dataset.classNames();
            try (Stream<Sample> samples = dataset.samples(0, MOST_SAMPLES)) {
                samples.forEach(DatasetTarget::check);
            }
        });
        file.checkAlone();
    }

    private static void check(Sample sample) {
        if (sample.payload().bytes().length > 1 << 24) {
            throw new AssertionError("an image must have at most 16 MiB, but " + sample.id() + " has "
                    + sample.payload().bytes().length);
        }
    }
}
