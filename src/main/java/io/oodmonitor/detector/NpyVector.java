package io.oodmonitor.detector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One-dimensional arrays in NumPy's .npy format: reads versions 1 to 3 of float64 and float32 in either byte order,
 * writes version 1 of little-endian float64 as {@code numpy.save} does.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class NpyVector {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>])f([48])'");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\((\\d{1,9}),\\s*\\)");

    private NpyVector() {
    }

    static double[] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
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
        int headerLength = major == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
        if (headerLength < 0 || headerLength > bytes.remaining()) {
            throw new IOException(file + " is not a NumPy array: its header ends after the file");
        }
        byte[] header = new byte[headerLength];
        bytes.get(header);
        return values(file, new String(header, StandardCharsets.ISO_8859_1), bytes);
    }

    private static double[] values(Path file, String header, ByteBuffer bytes) throws IOException {
        Matcher descr = DESCR.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!descr.find() || !shape.find()) {
            throw new IOException(file + " must hold a one-dimensional array of float64 or float32, but its header is "
                    + header.strip());
        }
        int length = Integer.parseInt(shape.group(1));
        int width = Integer.parseInt(descr.group(2));
        if (bytes.remaining() != (long) length * width) {
            throw new IOException(file + " must hold " + length + " values of " + width + " bytes, but "
                    + bytes.remaining() + " bytes follow its header");
        }
        bytes.order(descr.group(1).equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = width == Double.BYTES ? bytes.getDouble() : bytes.getFloat();
        }
        return values;
    }

    static void write(Path file, double[] values) throws IOException {
        int preamble = MAGIC.length + 4;
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + values.length + ",), }";
        int padding = ALIGNMENT - (preamble + dictionary.length() + 1) % ALIGNMENT;
        String header = dictionary + " ".repeat(padding % ALIGNMENT) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(preamble + header.length() + values.length * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.ISO_8859_1));
        for (double value : values) {
            bytes.putDouble(value);
        }
        Files.write(file, bytes.array());
    }
}
