package io.oodmonitor.dataset;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** CIFAR images, one file after the other. Immutable. */
final class CifarSet implements Dataset {

    private final String name;
    private final CifarLayout layout;
    private final List<String> classNames;
    private final List<CifarBatch> batches;

    CifarSet(String name, CifarLayout layout, List<String> classNames, List<CifarBatch> batches) {
        this.name = name;
        this.layout = layout;
        this.classNames = List.copyOf(classNames);
        this.batches = List.copyOf(batches);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return batches.stream().mapToLong(CifarBatch::size).sum();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public Stream<Sample> samples(long skip, long limit) {
        long end = SampleStream.end(size(), skip, limit);
        if (skip >= end) {
            return Stream.empty();
        }
        Cursor cursor = new Cursor(skip);
        return SampleStream.of(skip, end, index -> cursor.next(), cursor);
    }

    /** Walks through the files. Not thread-safe. */
    private final class Cursor implements Closeable {

        private int file;
        private long index;
        private InputStream in;

        Cursor(long skip) {
            index = skip;
            while (index >= batches.get(file).size()) {
                index -= batches.get(file).size();
                file++;
            }
        }

        Sample next() throws IOException {
            while (index == batches.get(file).size()) {
                close();
                in = null;
                file++;
                index = 0;
            }
            CifarBatch batch = batches.get(file);
            if (in == null) {
                in = batch.source().openAt(batch.first() + index * batch.recordBytes());
            }
            return read(batch, index++);
        }

        private Sample read(CifarBatch batch, long number) throws IOException {
            byte[] record = in.readNBytes(batch.recordBytes());
            if (record.length < batch.recordBytes()) {
                throw new EOFException("data set " + batch.source().place() + " ends within image " + number + " of "
                        + batch.size());
            }
            int label = batch.labels().of(number, record);
            if (label < 0 || label >= layout.classes()) {
                throw new IOException("label of image " + number + " in " + batch.source().place()
                        + " must be in 0 to " + (layout.classes() - 1) + ", but is " + label);
            }
            return new Sample(batch.source().name() + "/" + number,
                    classNames.isEmpty() ? Optional.empty() : Optional.of(classNames.get(label)),
                    OptionalInt.of(label), new Payload.Rgb8(CifarLayout.SIDE, CifarLayout.SIDE,
                            CifarLayout.interleaved(record, batch.pixels())));
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
