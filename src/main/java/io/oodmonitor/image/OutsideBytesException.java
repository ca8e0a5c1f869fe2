package io.oodmonitor.image;

/**
 * A file, or a part of it, ends before what it should hold. Unchecked, as every byte is read with this check; no other
 * exception of the JVM's may come out of a decoder.
 */
final class OutsideBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutsideBytesException(int at, int count, int length) {
        super("it needs " + count + " bytes at " + at + " of a part that has " + length);
    }
}
