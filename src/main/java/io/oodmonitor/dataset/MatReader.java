package io.oodmonitor.dataset;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * Reads the variables of a MATLAB file of level 5 (The MathWorks, "MAT-File Format", chapter 1), compressed or not.
 * Whatever length a file claims, only a header is ever held. Not thread-safe.
 */
final class MatReader implements Closeable {

    private static final int HEADER_BYTES = 128;
    private static final int TAG_BYTES = 8;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    private static final int MAX_DIMENSIONS = 8;
    private static final int MAX_NAME_BYTES = 256;
    private static final int MAX_VARIABLES = 100;

    /**
     * A numeric array.
     *
     * @param position   the byte of the file where its element begins
     * @param arrayClass MATLAB's number for its type in the workspace
     * @param dataType   MATLAB's number for how it is stored
     * @param bytes      its length there
     */
    record Variable(long position, String name, int arrayClass, List<Integer> dimensions, int dataType, long bytes) {
    }

    private final InputStream in;
    private final ByteOrder order;
    private final long elementEnd;

    private MatReader(InputStream in, ByteOrder order, long elementEnd) {
        this.in = in;
        this.order = order;
        this.elementEnd = elementEnd;
    }

    static boolean looksLike(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(6), StandardCharsets.US_ASCII).equals("MATLAB");
        }
    }

    /** The variable of this name. */
    static Optional<Variable> find(Path path, String name) throws IOException {
        long size = Files.size(path);
        long position = HEADER_BYTES;
        for (int number = 0; number < MAX_VARIABLES && position < size; number++) {
            try (MatReader reader = at(path, position)) {
                Optional<Variable> variable = reader.header(position);
                if (variable.isPresent() && variable.get().name().equals(name)) {
                    return variable;
                }
                position = reader.elementEnd;
            }
        }
        return Optional.empty();
    }

    /** Its content, from the first byte on. */
    static InputStream content(Path path, Variable variable) throws IOException {
        MatReader reader = at(path, variable.position());
        try {
            reader.header(variable.position());
            return reader.in;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    static ByteOrder order(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return order(in);
        }
    }

    private static ByteOrder order(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES) {
            throw new EOFException();
        }
        String mark = new String(header, HEADER_BYTES - 2, 2, StandardCharsets.US_ASCII);
        if (!new String(header, 0, 10, StandardCharsets.US_ASCII).equals("MATLAB 5.0")
                || !mark.equals("IM") && !mark.equals("MI")) {
            throw new IOException("it must be of level 5 (save it with -v7)");
        }
        return mark.equals("IM") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static MatReader at(Path path, long position) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), ByteSource.BUFFER);
        try {
            ByteOrder order = order(file);
            file.skipNBytes(position - HEADER_BYTES);
            ByteBuffer tag = read(file, TAG_BYTES, order);
            int type = tag.getInt();
            long bytes = Integer.toUnsignedLong(tag.getInt());
            if (type != MATRIX && type != COMPRESSED) {
                throw new IOException("it has an element of type " + type + " at byte " + position
                        + " where a variable should be");
            }
            InputStream element = new Bounded(file, bytes);
            MatReader reader = new MatReader(type == MATRIX ? element : new BufferedInputStream(
                    new InflaterInputStream(element), ByteSource.BUFFER), order, position + TAG_BYTES + bytes);
            if (type == COMPRESSED && read(reader.in, TAG_BYTES, order).getInt() != MATRIX) {
                throw new IOException("the variable at byte " + position + " in it is no array");
            }
            return reader;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Reads up to the content; empty for what is no numeric array. */
    private Optional<Variable> header(long position) throws IOException {
        ByteBuffer flags = element(4, 8);
        if (!flags.hasRemaining()) {
            throw new IOException("the variable at byte " + position + " in it has no type");
        }
        int arrayClass = flags.getInt() & 0xff;
        ByteBuffer sizes = element(4, 4 * MAX_DIMENSIONS);
        List<Integer> dimensions = new ArrayList<>();
        while (sizes.hasRemaining()) {
            dimensions.add(sizes.getInt());
        }
        ByteBuffer text = element(1, MAX_NAME_BYTES);
        String name = StandardCharsets.ISO_8859_1.decode(text).toString();
        // 6 to 15 are numbers; others have no single content.
        if (arrayClass < 6 || arrayClass > 15) {
            return Optional.empty();
        }
        ByteBuffer tag = read(in, 4, order);
        int type = tag.getInt();
        if (type >>> 16 != 0) {
            return Optional.of(new Variable(position, name, arrayClass, dimensions, type & 0xffff, type >>> 16));
        }
        long bytes = Integer.toUnsignedLong(read(in, 4, order).getInt());
        return Optional.of(new Variable(position, name, arrayClass, dimensions, type, bytes));
    }

    /** A small element whole, and what fills it up to a multiple of eight bytes. */
    private ByteBuffer element(int unit, int most) throws IOException {
        int type = read(in, 4, order).getInt();
        boolean small = type >>> 16 != 0;
        long bytes = small ? type >>> 16 : Integer.toUnsignedLong(read(in, 4, order).getInt());
        if (bytes > most || bytes % unit != 0 || small && bytes > 4) {
            throw new IOException("a header in it claims " + bytes + " bytes where at most " + most + " can be");
        }
        ByteBuffer content = read(in, (int) bytes, order);
        in.skipNBytes(small ? 4 - bytes : (8 - bytes % 8) % 8);
        return content;
    }

    static ByteBuffer read(InputStream in, int bytes, ByteOrder order) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(read).order(order);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
