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
 * A file of grey images in MNIST's IDX layout, plain or compressed with gzip; grey becomes red, green and blue. The
 * labels are those of the file beside it, train-labels-idx1-ubyte for train-images-idx3-ubyte, if that is there; the
 * classes have no names. Immutable.
 */
final class IdxFile implements Dataset {

    /** Two zeros, unsigned bytes (8), three dimensions. */
    private static final int MAGIC = 0x0000_0803;
    private static final int LABELS_MAGIC = 0x0000_0801;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int HEADER_BYTES = 16;
    /** The longest side that is believed: raw pixels of larger ones would be more than an image may have. */
    private static final int MAX_SIDE = 1 << 11;
    private static final int MAX_LABELS = 10_000_000;

    private final Path path;
    private final int size;
    private final int height;
    private final int width;
    private final byte[] labels;

    /** @param labels one an image; none if they are unknown */
    private IdxFile(Path path, int size, int height, int width, byte[] labels) {
        this.path = path;
        this.size = size;
        this.height = height;
        this.width = width;
        this.labels = labels;
    }

    static boolean looksLike(Path path) throws IOException {
        try (DataInputStream in = inflated(path)) {
            return in.readInt() == MAGIC;
        } catch (EOFException e) {
            return false;
        }
    }

    static IdxFile open(Path path) throws IOException {
        int size;
        int height;
        int width;
        try (DataInputStream in = inflated(path)) {
            in.readInt();
            size = in.readInt();
            height = in.readInt();
            width = in.readInt();
        } catch (EOFException e) {
            throw new EOFException("data set " + path + " ends within its IDX header");
        }
        if (size < 0 || height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
            throw new IOException("IDX header of " + path + " must count images of at most " + MAX_SIDE + " x "
                    + MAX_SIDE + " pixels, but says " + size + " of " + height + " x " + width);
        }
        return new IdxFile(path, size, height, width, labels(path, size));
    }

    private static byte[] labels(Path images, int size) throws IOException {
        String name = images.getFileName().toString();
        String plain = name.replaceFirst("\\.gz$", "").replace("images", "labels").replace("idx3", "idx1");
        for (String candidate : List.of(plain, plain + ".gz")) {
            Path file = images.resolveSibling(candidate);
            if (!candidate.equals(name) && plain.contains("labels") && Files.isRegularFile(file)) {
                return labelsOf(file, size);
            }
        }
        return new byte[0];
    }

    private static byte[] labelsOf(Path file, int size) throws IOException {
        try (DataInputStream in = inflated(file)) {
            int magic = in.readInt();
            int count = in.readInt();
            if (magic != LABELS_MAGIC || count != size || count > MAX_LABELS) {
                throw new IOException("labels in " + file + " must be an IDX file of " + size
                        + ", as many as there are images and at most " + MAX_LABELS + ", but "
                        + (magic != LABELS_MAGIC ? "are none" : "are " + count));
            }
            byte[] labels = in.readNBytes(size);
            if (labels.length < size) {
                throw new EOFException();
            }
            return labels;
        } catch (EOFException e) {
            throw new EOFException("labels in " + file + " are cut off");
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
        byte[] grey;
        try {
            // Not an array of the size that the header claims: there may be nothing behind the header.
            grey = in.readNBytes(height * width);
            if (grey.length < height * width) {
                throw new EOFException();
            }
        } catch (EOFException e) {
            throw new EOFException("data set " + path + " ends within image " + index + " of " + size);
        }
        byte[] pixels = new byte[3 * grey.length];
        for (int i = 0; i < grey.length; i++) {
            pixels[3 * i] = grey[i];
            pixels[3 * i + 1] = grey[i];
            pixels[3 * i + 2] = grey[i];
        }
        return new Sample(name() + "/" + index, Optional.empty(),
                labels.length == 0 ? OptionalInt.empty() : OptionalInt.of(labels[(int) index] & 0xff),
                new Payload.Rgb8(height, width, pixels));
    }
}
