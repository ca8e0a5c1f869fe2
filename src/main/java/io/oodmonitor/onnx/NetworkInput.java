package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
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

    private static final int AXES = 4;

    /** More are no colours. */
    private static final int MOST_CHANNELS = 16;

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
        boolean last = fits(shape, size[0], size[1], Normalization.CHANNELS);
        if (!first && !last) {
            throw new UnsupportedModelException("input '" + value.getName() + "' must take RGB images of "
                    + format.height() + "x" + format.width()
                    + " as [N, 3, height, width] or [N, height, width, 3], but is "
                    + Arrays.toString(shape).replace("-1", "any") + reason(shape));
        }
        boolean either = first && last;
        boolean channelsFirst = either ? !turned(graph, value.getName()) : first;
        requireColours(graph, value.getName());
        return new NetworkInput(value.getName(), type, shape[0], channelsFirst);
    }

    /** Where the shape does not say how many channels there are, the first convolution does. */
    private static void requireColours(GraphProto graph, String input) {
        Graph lookup = new Graph(graph);
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Conv") && lookup.unturned(node.getInput(0)).equals(input)) {
                long groups = Graph.attribute(node, "group").map(AttributeProto::getI).orElse(1L);
                lookup.constant(node.getInput(1)).map(kernel -> kernel.getDims(1) * groups)
                        .filter(channels -> channels != Normalization.CHANNELS).ifPresent(channels -> {
                            throw new UnsupportedModelException("input '" + input + "' must take RGB images, but its"
                                    + " first convolution takes " + channels(channels));
                        });
            }
        }
    }

    private static String channels(long channels) {
        return channels + (channels == 1 ? " channel" : " channels") + ", so export it behind a layer that takes 3";
    }

    /** Of a shape that says neither, what a network of channels last does first where its convolutions want another. */
    private static boolean turned(GraphProto graph, String input) {
        return graph.getNodeList().stream().filter(node -> node.getInputList().contains(input))
                .anyMatch(node -> node.getOpType().equals("Transpose") && Graph.attribute(node, "perm")
                        .filter(perm -> perm.getIntsList().equals(List.of(0L, 3L, 1L, 2L))).isPresent());
    }

    /** What is wrong with four axes, where it can be told. */
    private static String reason(long[] shape) {
        if (shape.length != AXES) {
            return "";
        }
        if (shape[1] == Normalization.CHANNELS) {
            return size(shape[2], shape[3]);
        }
        if (shape[3] == Normalization.CHANNELS) {
            return size(shape[1], shape[2]);
        }
        long channels = shape[1] > 0 && shape[1] <= MOST_CHANNELS ? shape[1] : shape[3];
        return channels > 0 && channels <= MOST_CHANNELS ? ": it takes " + channels(channels) : "";
    }

    private static String size(long height, long width) {
        return height > 0 && width > 0 ? ": images must come at " + height + "x" + width : "";
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
