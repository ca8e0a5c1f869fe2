package io.oodmonitor.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A file in CIFAR-10's binary layout: for every image a label byte, then 32 x 32 bytes of red, of green and of blue.
 * The classes' names are read from batches.meta.txt beside it, one a line, if that is there. Immutable.
 */
final class CifarFile implements Dataset {

    static final int SIDE = 32;
    static final int PLANE = SIDE * SIDE;
    static final int RECORD_BYTES = 1 + 3 * PLANE;
    private static final int CLASSES = 10;

    private final Path path;
    private final long size;
    private final List<String> classNames;

    private CifarFile(Path path, long size, List<String> classNames) {
        this.path = path;
        this.size = size;
        this.classNames = classNames;
    }

    static boolean looksLike(Path path) throws IOException {
        long bytes = Files.size(path);
        return path.getFileName().toString().endsWith(".bin") && bytes > 0 && bytes % RECORD_BYTES == 0;
    }

    static CifarFile open(Path path) throws IOException {
        Path names = path.resolveSibling("batches.meta.txt");
        List<String> classNames = Files.isRegularFile(names)
                ? Files.readAllLines(names).stream().map(String::strip).filter(name -> !name.isEmpty()).toList()
                : List.of();
        if (!classNames.isEmpty() && classNames.size() != CLASSES) {
            throw new IOException("class names of CIFAR-10 in " + names + " must be " + CLASSES + " lines, but are "
                    + classNames.size());
        }
        return new CifarFile(path, Files.size(path) / RECORD_BYTES, classNames);
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public Stream<Sample> samples(long skip, long limit) {
        long end = SampleStream.end(size, skip, limit);
        if (skip >= end) {
            return Stream.empty();
        }
        try {
            var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
            in.skipNBytes(skip * RECORD_BYTES);
            return SampleStream.of(skip, end, index -> read(in, index), in);
        } catch (IOException e) {
            throw new UncheckedIOException("data set " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Sample read(DataInputStream in, long index) throws IOException {
        byte[] record = new byte[RECORD_BYTES];
        try {
            in.readFully(record);
        } catch (EOFException e) {
            throw new EOFException("data set " + path + " ends within image " + index + " of " + size);
        }
        int label = record[0] & 0xff;
        if (label >= CLASSES) {
            throw new IOException("label of image " + index + " in " + path + " must be in 0 to " + (CLASSES - 1)
                    + ", but is " + label);
        }
        byte[] pixels = new byte[3 * PLANE];
        for (int i = 0; i < PLANE; i++) {
            pixels[3 * i] = record[1 + i];
            pixels[3 * i + 1] = record[1 + PLANE + i];
            pixels[3 * i + 2] = record[1 + 2 * PLANE + i];
        }
        return new Sample(name() + "/" + index,
                classNames.isEmpty() ? Optional.empty() : Optional.of(classNames.get(label)),
                OptionalInt.of(label), new Payload.Rgb8(SIDE, SIDE, pixels));
    }
}
