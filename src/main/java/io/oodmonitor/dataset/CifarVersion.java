package io.oodmonitor.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The four archives in which CIFAR is published, and what their files are called. */
enum CifarVersion {
    BINARY_10(CifarLayout.CIFAR_10, false, "batches.meta.txt", names("data_batch_", ".bin"), "test_batch.bin"),
    BINARY_100(CifarLayout.CIFAR_100, false, "fine_label_names.txt", List.of("train.bin"), "test.bin"),
    PYTHON_10(CifarLayout.CIFAR_10, true, "batches.meta", names("data_batch_", ""), "test_batch"),
    PYTHON_100(CifarLayout.CIFAR_100, true, "meta", List.of("train"), "test");

    private static final String TEST = "test";
    private static final String TRAIN = "train";
    private static final int MAX_NAMES_BYTES = 1 << 16;

    private final CifarLayout layout;
    private final boolean pickled;
    private final String names;
    private final List<String> train;
    private final String test;

    CifarVersion(CifarLayout layout, boolean pickled, String names, List<String> train, String test) {
        this.layout = layout;
        this.pickled = pickled;
        this.names = names;
        this.train = train;
        this.test = test;
    }

    private static List<String> names(String prefix, String suffix) {
        return IntStream.rangeClosed(1, 5).mapToObj(number -> prefix + number + suffix).toList();
    }

    /** The version that lies here: its names of classes do, and a file of images. */
    static Optional<CifarVersion> in(Container container) throws IOException {
        for (CifarVersion version : values()) {
            if (container.file(version.names).isPresent() && (container.file(version.test).isPresent()
                    || container.file(version.train.get(0)).isPresent())) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** @param part test or train; empty for test */
    Dataset open(String name, Container container, Optional<String> part) throws IOException {
        String wanted = part.orElse(TEST);
        if (!wanted.equals(TEST) && !wanted.equals(TRAIN)) {
            throw new IOException("part of " + layout.title() + " in " + container.place() + " must be test or train, "
                    + "but is " + wanted);
        }
        List<CifarBatch> batches = new ArrayList<>();
        for (String file : wanted.equals(TEST) ? List.of(test) : train) {
            ByteSource source = container.file(file).orElseThrow(() -> new IOException(layout.title() + " in "
                    + container.place() + " has no part " + wanted + ": the file " + file + " is missing"));
            batches.add(pickled ? CifarBatch.pickled(source, layout) : CifarBatch.binary(source, layout));
        }
        return new CifarSet(name, layout, classNames(container), batches);
    }

    /** Empty if they are not there. */
    List<String> classNames(Container container) throws IOException {
        Optional<ByteSource> file = container.file(names);
        if (file.isEmpty()) {
            return List.of();
        }
        List<String> classNames = pickled ? PickledBatch.classNames(file.get(), layout) : lines(file.get());
        if (classNames.size() != layout.classes()) {
            throw new IOException("class names of " + layout.title() + " in " + file.get().place() + " must be "
                    + layout.classes() + (pickled ? "" : " lines") + ", but are " + classNames.size());
        }
        return classNames;
    }

    private static List<String> lines(ByteSource file) throws IOException {
        try (InputStream in = file.open()) {
            return new String(in.readNBytes(MAX_NAMES_BYTES), StandardCharsets.UTF_8).lines().map(String::strip)
                    .filter(name -> !name.isEmpty()).toList();
        }
    }
}
