package io.oodmonitor.detector.statistics;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Arrays of one or two dimensions in NumPy's .npy format: reads versions 1 to 3 of float64 and float32 in either byte
 * order, writes version 1, little-endian, as {@code numpy.save} does.
 *
 * @param shape one length an axis
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
public record NpyArray(List<Integer> shape, boolean isDouble, ByteBuffer values) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    /** NumPy itself reads no longer ones, unless it is told to. */
    private static final int MAX_HEADER_BYTES = 10_000;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>])f([48])'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*False");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\((\\d{1,9}),\\s*(\\d{1,9})?\\)");
    private static final List<String> DIMENSIONS = List.of("", "one-dimensional", "two-dimensional");

    /**
     * Reads an array of float64 or float32.
     *
     * @param dimensions 1 or 2
     * @throws IOException in one sentence that names the file, if it holds anything else
     */
    public static NpyArray read(Path file, int dimensions) throws IOException {
        ByteBuffer bytes = bytes(file);
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() < MAGIC.length + 6) {
            throw new IOException(file + " is not a NumPy array: it holds " + bytes.remaining() + " bytes");
        }
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException(file + " is not a NumPy array: it does not begin with \\x93NUMPY");
        }
        int major = bytes.get();
        bytes.get();
        if (major < 1 || major > 3) {
            throw new IOException(file + " must be of version 1 to 3 of NumPy's format, but is of version " + major);
        }
        int headerLength = major == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
        if (headerLength < 0 || headerLength > bytes.remaining()) {
            throw new IOException(file + " is not a NumPy array: its header ends after the file");
        }
        if (headerLength > MAX_HEADER_BYTES) {
            throw new IOException(file + " must have a header of at most " + MAX_HEADER_BYTES
                    + " bytes, but has one of " + headerLength);
        }
        byte[] header = new byte[headerLength];
        bytes.get(header);
        return of(file, dimensions, new String(header, StandardCharsets.ISO_8859_1), bytes);
    }

    private static ByteBuffer bytes(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException(file + " must hold less than 2 GiB, but holds " + channel.size() + " bytes");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static NpyArray of(Path file, int dimensions, String header, ByteBuffer bytes) throws IOException {
        Matcher descr = DESCR.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!descr.find() || !shape.find() || !ORDER.matcher(header).find()
                || (shape.group(2) == null ? 1 : 2) != dimensions) {
            throw new IOException(file + " must hold a " + DIMENSIONS.get(dimensions)
                    + " array of float64 or float32, but its header is " + printable(header));
        }
        List<Integer> lengths = Stream.of(shape.group(1), shape.group(2)).limit(dimensions).map(Integer::valueOf)
                .toList();
        long length = lengths.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        int width = Integer.parseInt(descr.group(2));
        if (bytes.remaining() != length * width) {
            throw new IOException(file + " must hold " + length + " values of " + width + " bytes, but "
                    + bytes.remaining() + " bytes follow its header");
        }
        ByteOrder order = descr.group(1).equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new NpyArray(lengths, width == Double.BYTES, bytes.slice().order(order));
    }

    /** On one line, and no longer than a real one. */
    private static String printable(String header) {
        String text = header.strip().replaceAll("\\p{Cntrl}", "?");
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    /** The values, row by row. */
    public double[] doubles() {
        int length = values.remaining() / (isDouble ? Double.BYTES : Float.BYTES);
        return isDouble ? IntStream.range(0, length).mapToDouble(i -> values.getDouble(i * Double.BYTES)).toArray()
                : IntStream.range(0, length).mapToDouble(i -> values.getFloat(i * Float.BYTES)).toArray();
    }

    /** The values, row by row; narrowed where they are float64. */
    public float[] floats() {
        int width = isDouble ? Double.BYTES : Float.BYTES;
        float[] floats = new float[values.remaining() / width];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = isDouble ? (float) values.getDouble(i * width) : values.getFloat(i * width);
        }
        return floats;
    }

    /** Writes float64 of any shape, row by row. */
    public static void write(Path file, double[] values, int... shape) throws IOException {
        try (DataOutputStream out = begin(file, "<f8", shape)) {
            for (double value : values) {
                out.writeLong(Long.reverseBytes(Double.doubleToRawLongBits(value)));
            }
        }
    }

    /** Writes float32 of any shape, row by row. */
    public static void write(Path file, float[] values, int... shape) throws IOException {
        try (DataOutputStream out = begin(file, "<f4", shape)) {
            for (float value : values) {
                out.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(value)));
            }
        }
    }

    private static DataOutputStream begin(Path file, String type, int... shape) throws IOException {
        String lengths = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "))
                + (shape.length == 1 ? "," : "");
        int preamble = MAGIC.length + 4;
        String dictionary = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + lengths + "), }";
        int padding = ALIGNMENT - (preamble + dictionary.length() + 1) % ALIGNMENT;
        String header = dictionary + " ".repeat(padding % ALIGNMENT) + "\n";
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        out.write(MAGIC);
        out.write(1);
        out.write(0);
        out.writeShort(Short.reverseBytes((short) header.length()));
        out.write(header.getBytes(StandardCharsets.ISO_8859_1));
        return out;
    }
}
