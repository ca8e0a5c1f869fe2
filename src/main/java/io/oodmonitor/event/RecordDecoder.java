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
 * Reads one Avro record out of an array, and trusts nothing that it reads.
 *
 * <p>No length is believed beyond the bytes that remain, so nothing larger than the record is ever allocated; all
 * arrays and maps together hold at most as many items as the record has bytes, so a few bytes cannot claim millions of
 * empty items. (Each item but an empty one takes up a byte that is no other item's.) Maps of more than the limits'
 * attributes end the reading, unless they are skipped; {@link #excess} then says so. Not thread-safe.
 */
final class RecordDecoder extends Decoder {

    private static final int LONGEST_VARINT = 10;

    private final byte[] bytes;
    private final int end;
    private final boolean sharesBytes;
    private final EventLimits limits;
    private int position;
    private long itemsLeft;
    private long mapItems;
    private String excess;

    /**
     * Reads from a position to the array's end.
     *
     * @param sharesBytes whether fields of type bytes may be views of the array instead of copies. INVARIANT: only where
     *                    none is promoted to a string: Avro would then take the whole array behind the view.
     */
    RecordDecoder(byte[] bytes, int start, boolean sharesBytes, EventLimits limits) {
        this.bytes = bytes;
        this.position = start;
        this.end = bytes.length;
        this.itemsLeft = end - start;
        this.sharesBytes = sharesBytes;
        this.limits = limits;
    }

    /** Which limit the record breaks, in one sentence; null unless that ended the reading. */
    String excess() {
        return excess;
    }

    @Override
    public int remainingBytes() {
        return end - position;
    }

    @Override
    public void readNull() {
        // Takes no bytes.
    }

    @Override
    public boolean readBoolean() throws IOException {
        byte value = bytes[take(1)];
        if (value >> 1 != 0) {
            throw new AvroRuntimeException("a boolean must be 0 or 1, but is " + value);
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("an int must have 32 bits, but is " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = bytes[take(1)];
            zigzag |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new AvroRuntimeException("a long must have at most " + LONGEST_VARINT + " bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(littleEndian(4).getInt());
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(8).getLong());
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        int length = readLength();
        int start = take(length);
        Utf8 string = (old == null ? new Utf8() : old).setByteLength(length);
        System.arraycopy(bytes, start, string.getBytes(), 0, length);
        return string;
    }

    @Override
    public String readString() throws IOException {
        int length = readLength();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        take(readLength());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int length = readLength();
        int start = take(length);
        if (sharesBytes) {
            return ByteBuffer.wrap(bytes, start, length).slice();
        }
        return ByteBuffer.allocate(length).put(0, bytes, start, length);
    }

    @Override
    public void skipBytes() throws IOException {
        take(readLength());
    }

    @Override
    public void readFixed(byte[] into, int start, int length) throws IOException {
        System.arraycopy(bytes, take(length), into, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
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
        return nextBlock();
    }

    @Override
    public long arrayNext() throws IOException {
        return nextBlock();
    }

    @Override
    public long skipArray() throws IOException {
        return nextBlock();
    }

    @Override
    public long readMapStart() throws IOException {
        return nextMapBlock();
    }

    @Override
    public long mapNext() throws IOException {
        return nextMapBlock();
    }

    @Override
    public long skipMap() throws IOException {
        return nextBlock();
    }

    private long nextMapBlock() throws IOException {
        long items = nextBlock();
        mapItems += items;
        if (mapItems > limits.maxAttributes()) {
            excess = "the event must have at most " + limits.maxAttributes() + " attributes, but has at least "
                + mapItems;
            throw new AvroRuntimeException(excess);
        }
        return items;
    }

    /** The number of items in the next block of an array or map; 0 after the last. */
    private long nextBlock() throws IOException {
        long items = readLong();
        if (items < 0) {
            // Then the block's size in bytes follows. It serves to skip; here everything is read.
            readLength();
            items = -items;
        }
        if (items < 0 || items > itemsLeft) {
            throw new AvroRuntimeException("an array or map claims " + items + " items, but the record has room for "
                + itemsLeft);
        }
        itemsLeft -= items;
        return items;
    }

    private int readLength() throws IOException {
        long length = readLong();
        if (length < 0 || length > remainingBytes()) {
            throw new AvroRuntimeException("a length of " + length + " is claimed where " + remainingBytes()
                + " bytes remain");
        }
        return (int) length;
    }

    private ByteBuffer littleEndian(int length) throws IOException {
        return ByteBuffer.wrap(bytes, take(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Moves on by that many bytes; where they begin. */
    private int take(int length) throws EOFException {
        if (length > remainingBytes()) {
            throw new EOFException(length + " more bytes are expected where " + remainingBytes() + " remain");
        }
        int start = position;
        position += length;
        return start;
    }
}
