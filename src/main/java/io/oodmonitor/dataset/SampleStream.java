package io.oodmonitor.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Streams of samples read one after another from something that has to be closed. Stateless. */
final class SampleStream {

    private SampleStream() {
    }

    /** Reads the sample of an index; called with ascending indices, without a gap. */
    @FunctionalInterface
    interface Reader {
        Sample read(long index) throws IOException;
    }

    /** The samples from..to, to excluded, in order; closing it closes the source. */
    static Stream<Sample> of(long from, long to, Reader reader, Closeable source) {
        return LongStream.range(from, to).mapToObj(index -> {
            try {
                return reader.read(index);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }).onClose(() -> {
            try {
                source.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        });
    }

    /** The index after the last sample wanted. */
    static long end(long size, long skip, long limit) {
        requireRange(skip, limit);
        return skip >= size ? skip : skip + Math.min(limit, size - skip);
    }

    static void requireRange(long skip, long limit) {
        if (skip < 0) {
            throw new IllegalArgumentException("images to skip must be at least 0, but are " + skip);
        }
        if (limit < 0) {
            throw new IllegalArgumentException("limit of images must be at least 0, but is " + limit);
        }
    }
}
