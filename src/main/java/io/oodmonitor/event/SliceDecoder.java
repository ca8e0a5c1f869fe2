package io.oodmonitor.event;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding from an array. Fields of type bytes are views of the array: an image is not copied.
 * Not thread-safe.
 *
 * <p>INVARIANT: no length or count is believed beyond the bytes that are left, so a record takes no more memory than a
 * small multiple of its own size, whatever it claims.
 */
final class SliceDecoder extends Decoder {

    private final byte[] bytes;
    private int position;

    SliceDecoder(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int remaining() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {
        // Nothing was written.
    }

    @Override
    public boolean readBoolean() throws IOException {
        return bytes[advance(1)] != 0;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("An int is out of range: " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[advance(1)];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("A number is longer than 10 bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return littleEndian(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return littleEndian(Double.BYTES).getDouble();
    }

    private ByteBuffer littleEndian(int length) throws IOException {
        return ByteBuffer.wrap(bytes, advance(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        advance(length());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int length = length();
        return ByteBuffer.wrap(bytes, advance(length), length).slice();
    }

    @Override
    public void skipBytes() throws IOException {
        advance(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, advance(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        advance(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return count();
    }

    @Override
    public long arrayNext() throws IOException {
        return count();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return count();
    }

    @Override
    public long mapNext() throws IOException {
        return count();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** A block's number of items; a negative one is followed by the block's size in bytes. */
    private long count() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        if (count < 0 || count > remaining()) {
            throw new AvroRuntimeException("A block claims " + count + " items, but " + remaining() + " bytes are left");
        }
        return count;
    }

    /** Skips blocks that give their size; returns the number of items of the first one that does not. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            advance(length());
            count = readLong();
        }
        if (count > remaining()) {
            throw new AvroRuntimeException("A block claims " + count + " items, but " + remaining() + " bytes are left");
        }
        return count;
    }

    private int length() throws IOException {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw new AvroRuntimeException("A length is " + length + ", but " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    private int advance(int length) throws IOException {
        if (length > remaining()) {
            throw new EOFException("The record ends early");
        }
        int start = position;
        position += length;
        return start;
    }
}
