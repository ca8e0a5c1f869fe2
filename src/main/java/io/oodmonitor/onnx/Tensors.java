package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Tensors of a graph as plain arrays and back. */
final class Tensors {

    private Tensors() {
    }

    /** @throws UnsupportedModelException if its lengths are none, or more than an array can hold */
    static int size(TensorProto tensor) {
        long size = 1;
        for (long dim : tensor.getDimsList()) {
            if (dim < 0 || dim > Integer.MAX_VALUE || size * dim > Integer.MAX_VALUE) {
                throw new UnsupportedModelException("tensor '" + tensor.getName() + "' must have at most "
                        + Integer.MAX_VALUE + " values, but claims to be " + tensor.getDimsList());
            }
            size *= dim;
        }
        return (int) size;
    }

    static boolean isReal(TensorProto tensor) {
        DataType type = type(tensor);
        return type == DataType.FLOAT || type == DataType.DOUBLE || type == DataType.FLOAT16;
    }

    /** As quantised weights, their zero points and their biases are stored. */
    static boolean isQuantised(TensorProto tensor) {
        DataType type = type(tensor);
        return type == DataType.INT8 || type == DataType.UINT8 || type == DataType.INT32;
    }

    static DataType type(TensorProto tensor) {
        DataType type = DataType.forNumber(tensor.getDataType());
        return type == null ? DataType.UNDEFINED : type;
    }

    /** The values of a float, double or float16 tensor, as float. */
    static float[] reals(TensorProto tensor) {
        ByteBuffer raw = raw(tensor);
        DataType type = type(tensor);
        float[] values = new float[length(tensor, raw)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT -> raw != null ? raw.getFloat() : tensor.getFloatData(i);
                case DOUBLE -> (float) (raw != null ? raw.getDouble() : tensor.getDoubleData(i));
                case FLOAT16 -> halfToFloat(raw != null ? raw.getShort() : (short) tensor.getInt32Data(i));
                default -> throw new UnsupportedModelException(
                        "tensor '" + tensor.getName() + "' must be float, double or float16, but is " + type);
            };
        }
        return values;
    }

    /** The values of an int8, uint8 or int32 tensor. */
    static float[] quantised(TensorProto tensor) {
        ByteBuffer raw = raw(tensor);
        float[] values = new float[length(tensor, raw)];
        for (int i = 0; i < values.length; i++) {
            values[i] = raw == null ? tensor.getInt32Data(i) : switch (type(tensor)) {
                case INT8 -> raw.get();
                case UINT8 -> raw.get() & 0xff;
                default -> raw.getInt();
            };
        }
        return values;
    }

    /** The values of an int64 tensor. */
    static long[] integers(TensorProto tensor) {
        ByteBuffer raw = raw(tensor);
        long[] values = new long[length(tensor, raw)];
        for (int i = 0; i < values.length; i++) {
            values[i] = raw != null ? raw.getLong() : tensor.getInt64Data(i);
        }
        return values;
    }

    static TensorProto ofReals(String name, float[] values, long... dims) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return of(name, DataType.FLOAT, raw, dims);
    }

    static TensorProto ofDoubles(String name, double[] values, long... dims) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asDoubleBuffer().put(values);
        return of(name, DataType.DOUBLE, raw, dims);
    }

    static TensorProto ofIntegers(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return of(name, DataType.INT64, raw, values.length);
    }

    private static TensorProto of(String name, DataType type, ByteBuffer raw, long... dims) {
        return TensorProto.newBuilder().setName(name).setDataType(type.getNumber())
                .addAllDims(Arrays.stream(dims).boxed().toList()).setRawData(ByteString.copyFrom(raw)).build();
    }

    private static ByteBuffer raw(TensorProto tensor) {
        return tensor.hasRawData() ? tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN) : null;
    }

    /** How many values it claims and holds: memory is taken for what is there, not for what is claimed. */
    private static int length(TensorProto tensor, ByteBuffer raw) {
        int length = size(tensor);
        int held = raw != null ? raw.remaining() / width(tensor)
                : List.of(tensor.getFloatDataCount(), tensor.getDoubleDataCount(), tensor.getInt32DataCount(),
                        tensor.getInt64DataCount()).stream().max(Integer::compare).orElse(0);
        if (held != length) {
            throw new UnsupportedModelException("tensor '" + tensor.getName() + "' must hold " + length
                    + " values, but holds " + held);
        }
        return length;
    }

    private static int width(TensorProto tensor) {
        return switch (type(tensor)) {
            case DOUBLE, INT64 -> Long.BYTES;
            case FLOAT16 -> Short.BYTES;
            case INT8, UINT8 -> Byte.BYTES;
            default -> Float.BYTES;
        };
    }

    /** IEEE 754 binary16 to binary32; Float.float16ToFloat comes with Java 20. */
    private static float halfToFloat(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
        };
        return half < 0 ? -magnitude : magnitude;
    }
}
