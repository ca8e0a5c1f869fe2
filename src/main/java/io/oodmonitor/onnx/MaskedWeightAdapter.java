package io.oodmonitor.onnx;

import io.oodmonitor.detector.LinearHead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Another {@link PreparedGraph#MASKED_WEIGHT}, in the form in which ONNX Runtime takes replacements of stored weights:
 * {@code OrtLoraAdapter.create(bytes)}, then {@code RunOptions.addActiveLoraAdapter(adapter)} for every run that is to
 * score with it. The session stays. (A plain input of that name is refused by {@code OrtSession.run} in Java, which
 * knows required inputs only.)
 */
public final class MaskedWeightAdapter {

    /*
     * An Adapter of one Parameter, as onnxruntime/lora/adapter_format/adapter_schema.fbs defines them, written out as a
     * FlatBuffer by hand: little-endian; an offset counts from where it stands; a table begins with the distance back
     * to its vtable, which lists the table's size and where in it each field stands; vectors begin with their length.
     */
    private static final int FORMAT_VERSION = 1;
    private static final int FLOAT = 1;

    private static final int ADAPTER_VTABLE = 8;
    private static final int ADAPTER = 20;
    private static final int PARAMETERS = 40;
    private static final int PARAMETER_VTABLE = 48;
    private static final int PARAMETER = 60;
    private static final int NAME = 80;
    private static final short VTABLE_SIZE = 12;
    private static final short TABLE_SIZE = 20;

    private MaskedWeightAdapter() {
    }

    /** @param scoring the head whose energy is to be the score; its bias must be the stored one */
    public static byte[] encode(LinearHead scoring) {
        byte[] name = PreparedGraph.MASKED_WEIGHT.getBytes(StandardCharsets.US_ASCII);
        int dims = vector(NAME + Integer.BYTES + name.length + 1);
        int data = vector(dims + Integer.BYTES + 2 * Long.BYTES);
        int size = data + Integer.BYTES + scoring.weight().length * Float.BYTES;

        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(ADAPTER).put("TORT".getBytes(StandardCharsets.US_ASCII));
        vtable(buffer.position(ADAPTER_VTABLE));
        buffer.position(ADAPTER).putInt(ADAPTER - ADAPTER_VTABLE)
                .putInt(FORMAT_VERSION).putInt(0).putInt(0);
        offset(buffer, PARAMETERS);
        buffer.position(PARAMETERS).putInt(1);
        offset(buffer, PARAMETER);
        vtable(buffer.position(PARAMETER_VTABLE));
        buffer.position(PARAMETER).putInt(PARAMETER - PARAMETER_VTABLE);
        offset(buffer, NAME);
        offset(buffer, dims);
        buffer.putInt(FLOAT);
        offset(buffer, data);
        buffer.position(NAME).putInt(name.length).put(name);
        buffer.position(dims).putInt(2).putLong(scoring.classes()).putLong(scoring.features());
        buffer.position(data).putInt(scoring.weight().length * Float.BYTES).asFloatBuffer().put(scoring.weight());
        return buffer.array();
    }

    /** Both tables happen to have four fields of four bytes. */
    private static void vtable(ByteBuffer buffer) {
        buffer.putShort(VTABLE_SIZE).putShort(TABLE_SIZE);
        for (short field = Integer.BYTES; field < TABLE_SIZE; field += Integer.BYTES) {
            buffer.putShort(field);
        }
    }

    private static void offset(ByteBuffer buffer, int target) {
        buffer.putInt(target - buffer.position());
    }

    /** The first place from here where a vector's elements, behind its length, are aligned to 8 bytes. */
    private static int vector(int from) {
        return (from + Integer.BYTES + 7) / 8 * 8 - Integer.BYTES;
    }
}
