package io.oodmonitor.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * SVHN's cropped digits as a MATLAB file: X, height x width x 3 x images of bytes, and y, their labels. The classes are
 * the digits.
 *
 * <p>Of all images, or of the first so many of each digit, in the file's order: the DICE experiments take the first
 * 1,000 of the test set (select_svhn_data.py beside the published code of its authors). Immutable.
 */
final class MatFile implements Dataset {

    private static final int UINT8_CLASS = 9;
    private static final int UINT8 = 2;
    private static final int MAX_SIDE = 1 << 11;
    private static final int MAX_IMAGES = 10_000_000;
    private static final List<String> DIGITS =
            IntStream.range(0, MatLabels.DIGITS).mapToObj(String::valueOf).toList();

    private final String name;
    private final Path path;
    private final MatReader.Variable images;
    private final byte[] digits;
    private final int[] chosen;

    private MatFile(String name, Path path, MatReader.Variable images, byte[] digits, int[] chosen) {
        this.name = name;
        this.path = path;
        this.images = images;
        this.digits = digits;
        this.chosen = chosen;
    }

    static MatFile open(DatasetPath place) throws IOException {
        Path path = place.path();
        try {
            MatReader.Variable images = variable(path, "X");
            List<Integer> sizes = images.dimensions();
            long all = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
            if (sizes.size() < 3 || sizes.size() > 4 || sizes.get(0) < 1 || sizes.get(0) > MAX_SIDE
                    || sizes.get(1) < 1 || sizes.get(1) > MAX_SIDE || sizes.get(2) != 3
                    || sizes.size() == 4 && (sizes.get(3) < 0 || sizes.get(3) > MAX_IMAGES)
                    || images.arrayClass() != UINT8_CLASS || images.dataType() != UINT8 || images.bytes() != all) {
                throw new IOException("its X must be height x width x 3 x images of bytes, but is " + sizes
                        + " of class " + images.arrayClass());
            }
            // MATLAB drops a last dimension of one.
            byte[] digits = MatLabels.read(path, variable(path, "y"), sizes.size() == 4 ? sizes.get(3) : 1);
            return new MatFile(place.name(), path, images, digits, chosen(digits, place.first()));
        } catch (EOFException e) {
            throw new EOFException("MATLAB file " + path + " is cut off");
        } catch (IOException e) {
            throw new IOException("MATLAB file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static MatReader.Variable variable(Path path, String name) throws IOException {
        return MatReader.find(path, name).orElseThrow(() -> new IOException("it has no variable " + name));
    }

    private static int[] chosen(byte[] digits, OptionalLong first) {
        long[] seen = new long[MatLabels.DIGITS];
        return IntStream.range(0, digits.length)
                .filter(i -> first.isEmpty() || seen[digits[i]]++ < first.getAsLong()).toArray();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return chosen.length;
    }

    @Override
    public List<String> classNames() {
        return DIGITS;
    }

    @Override
    public Stream<Sample> samples(long skip, long limit) {
        long end = SampleStream.end(size(), skip, limit);
        if (skip >= end) {
            return Stream.empty();
        }
        try {
            Pixels pixels = new Pixels(MatReader.content(path, images));
            return SampleStream.of(skip, end, index -> pixels.read(chosen[(int) index]), pixels.in::close);
        } catch (IOException e) {
            throw new UncheckedIOException("MATLAB file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Walks through X. Not thread-safe. */
    private final class Pixels {

        private final InputStream in;
        private final int height = images.dimensions().get(0);
        private final int width = images.dimensions().get(1);
        private long next;

        Pixels(InputStream in) {
            this.in = in;
        }

        Sample read(int index) throws IOException {
            int bytes = 3 * height * width;
            byte[] columns;
            try {
                in.skipNBytes((index - next) * bytes);
                columns = in.readNBytes(bytes);
                if (columns.length < bytes) {
                    throw new EOFException();
                }
            } catch (EOFException e) {
                throw new EOFException("MATLAB file " + path + " ends within image " + index + " of " + digits.length);
            } catch (IOException e) {
                throw new IOException("MATLAB file " + path + " cannot be read at image " + index + ": "
                        + e.getMessage(), e);
            }
            next = index + 1L;
            return new Sample(path.getFileName() + "/" + index, Optional.of(DIGITS.get(digits[index])),
                    OptionalInt.of(digits[index]), new Payload.Rgb8(height, width, rows(columns)));
        }

        /** From column by column, one plane a colour. */
        private byte[] rows(byte[] columns) {
            byte[] rows = new byte[columns.length];
            for (int channel = 0; channel < 3; channel++) {
                for (int column = 0; column < width; column++) {
                    for (int row = 0; row < height; row++) {
                        rows[3 * (row * width + column) + channel] =
                                columns[row + height * (column + width * channel)];
                    }
                }
            }
            return rows;
        }
    }
}
