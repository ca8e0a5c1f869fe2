package io.oodmonitor.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A file of grey images in MNIST's IDX layout, plain or compressed with gzip; grey becomes red, green and blue. It
 * knows no labels. Immutable.
 */
final class IdxFile implements Dataset {

    /** Two zeros, unsigned bytes (8), three dimensions. */
    private static final int MAGIC = 0x0000_0803;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int HEADER_BYTES = 16;
    /** The longest side that is believed: whatever is larger is no header. */
    private static final int MAX_SIDE = 1 << 13;

    private final Path path;
    private final int size;
    private final int height;
    private final int width;

    private IdxFile(Path path, int size, int height, int width) {
        this.path = path;
        this.size = size;
        this.height = height;
        this.width = width;
    }

    static boolean looksLike(Path path) throws IOException {
        try (DataInputStream in = inflated(path)) {
            return in.readInt() == MAGIC;
        } catch (EOFException e) {
            return false;
        }
    }

    static IdxFile open(Path path) throws IOException {
        try (DataInputStream in = inflated(path)) {
            in.readInt();
            int size = in.readInt();
            int height = in.readInt();
            int width = in.readInt();
            if (size < 0 || height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
                throw new IOException("IDX header of " + path + " must count images of at most " + MAX_SIDE + " x "
                        + MAX_SIDE + " pixels, but says " + size + " of " + height + " x " + width);
            }
            return new IdxFile(path, size, height, width);
        } catch (EOFException e) {
            throw new EOFException("data set " + path + " ends within its IDX header");
        }
    }

    private static DataInputStream inflated(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return new DataInputStream(magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
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
        return List.of();
    }

    @Override
    public Stream<Sample> samples(long skip, long limit) {
        long end = SampleStream.end(size, skip, limit);
        if (skip >= end) {
            return Stream.empty();
        }
        try {
            DataInputStream in = inflated(path);
            try {
                in.skipNBytes(HEADER_BYTES + skip * height * width);
            } catch (EOFException e) {
                in.close();
                throw new EOFException("it ends before image " + skip + " of " + size);
            }
            return SampleStream.of(skip, end, index -> read(in, index), in);
        } catch (IOException e) {
            throw new UncheckedIOException("data set " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Sample read(DataInputStream in, long index) throws IOException {
        byte[] grey = new byte[height * width];
        try {
            in.readFully(grey);
        } catch (EOFException e) {
            throw new EOFException("data set " + path + " ends within image " + index + " of " + size);
        }
        byte[] pixels = new byte[3 * grey.length];
        for (int i = 0; i < grey.length; i++) {
            pixels[3 * i] = grey[i];
            pixels[3 * i + 1] = grey[i];
            pixels[3 * i + 2] = grey[i];
        }
        return new Sample(name() + "/" + index, Optional.empty(), OptionalInt.empty(),
                new Payload.Rgb8(height, width, pixels));
    }
}
