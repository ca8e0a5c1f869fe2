package io.oodmonitor.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** SVHN's labels: 1 to 9, and 10 for the digit 0. Stateless. */
final class MatLabels {

    static final int DIGITS = 10;

    private MatLabels() {
    }

    /** One digit an image. */
    static byte[] read(Path path, MatReader.Variable variable, int images) throws IOException {
        int width = width(variable.dataType());
        long count = variable.dimensions().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        if (width == 0 || count != images || variable.bytes() != (long) images * width) {
            throw new IOException("its y must be numbers, one for each of " + images + " images, but is "
                    + variable.dimensions());
        }
        byte[] digits = new byte[images];
        ByteOrder order = MatReader.order(path);
        try (InputStream in = MatReader.content(path, variable)) {
            for (int i = 0; i < images; i++) {
                double label = number(MatReader.read(in, width, order), variable.dataType());
                if (label != Math.rint(label) || label < 0 || label > DIGITS) {
                    throw new IOException("label of image " + i + " in it must be in 1 to 10, but is " + label);
                }
                digits[i] = (byte) (label % DIGITS);
            }
        }
        return digits;
    }

    /** Bytes of a number, 0 if it is none. */
    private static int width(int type) {
        return switch (type) {
            case 1, 2 -> 1;
            case 3, 4 -> 2;
            case 5, 6, 7 -> 4;
            case 9, 12, 13 -> 8;
            default -> 0;
        };
    }

    private static double number(ByteBuffer bytes, int type) {
        return switch (type) {
            case 1 -> bytes.get();
            case 2 -> bytes.get() & 0xff;
            case 3 -> bytes.getShort();
            case 4 -> bytes.getShort() & 0xffff;
            case 5 -> bytes.getInt();
            case 6 -> Integer.toUnsignedLong(bytes.getInt());
            case 7 -> bytes.getFloat();
            case 9 -> bytes.getDouble();
            default -> bytes.getLong();
        };
    }
}
