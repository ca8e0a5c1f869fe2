package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;

/**
 * The tensor by which a classifier takes its pictures.
 *
 * @param type FLOAT or FLOAT16
 * @param batch the only batch size that it was exported for, -1 where it takes any
 * @param channelsFirst whether it is [N, 3, height, width] rather than [N, height, width, 3]
 */
record NetworkInput(String name, DataType type, long batch, boolean channelsFirst) {

    /** @throws UnsupportedModelException if the graph has no input of such pictures alone */
    static NetworkInput of(GraphProto graph, InputFormat format) {
        List<ValueInfoProto> inputs = new Graph(graph).inputs();
        if (inputs.size() != 1) {
            throw new UnsupportedModelException("the model must have one input, but has "
                    + inputs.stream().map(input -> "'" + input.getName() + "'").toList());
        }
        ValueInfoProto value = inputs.get(0);
        DataType type = DataType.forNumber(value.getType().getTensorType().getElemType());
        if (type != DataType.FLOAT && type != DataType.FLOAT16) {
            throw new UnsupportedModelException(
                    "input '" + value.getName() + "' must be float or float16, but is " + type);
        }
        long[] shape = Graph.shape(value);
        int[] size = {format.height(), format.width()};
        boolean first = fits(shape, Normalization.CHANNELS, size[0], size[1]);
        if (!first && !fits(shape, size[0], size[1], Normalization.CHANNELS)) {
            throw new UnsupportedModelException("input '" + value.getName() + "' must take RGB images of "
                    + format.height() + "x" + format.width()
                    + " as [N, 3, height, width] or [N, height, width, 3], but is "
                    + Arrays.toString(shape).replace("-1", "any"));
        }
        return new NetworkInput(value.getName(), type, shape[0], first);
    }

    private static boolean fits(long[] shape, int... expected) {
        if (shape.length != 1 + expected.length) {
            return false;
        }
        for (int axis = 0; axis < expected.length; axis++) {
            if (shape[1 + axis] > 0 && shape[1 + axis] != expected[axis]) {
                return false;
            }
        }
        return true;
    }
}
