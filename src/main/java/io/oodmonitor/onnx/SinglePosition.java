package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Says of features [N, d, height, width] whether they are [N, d, 1, 1], as after a pooling over the whole image. */
final class SinglePosition {

    /** Work on each position, so that one stays one. */
    private static final Set<String> PER_POSITION = Set.of("Identity", "Dropout", "Cast", "Relu", "LeakyRelu", "PRelu",
            "Elu", "Selu", "Gelu", "Sigmoid", "HardSigmoid", "HardSwish", "Mish", "Softplus", "Tanh", "Erf", "Clip",
            "BatchNormalization", "Neg", "QuantizeLinear", "DequantizeLinear");

    private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div");

    private static final Set<String> GLOBAL_POOLS = Set.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool");

    private static final Set<String> REDUCTIONS = Set.of("ReduceMean", "ReduceMax", "ReduceSum", "ReduceL2");

    private SinglePosition() {
    }

    static boolean holds(Graph graph, String tensor) {
        Optional<long[]> shape = graph.shape(tensor).filter(known -> known.length == 4 && known[2] > 0 && known[3] > 0);
        if (shape.isPresent()) {
            return shape.get()[2] == 1 && shape.get()[3] == 1;
        }
        return graph.producer(tensor).filter(node -> after(graph, node)).isPresent();
    }

    private static boolean after(Graph graph, NodeProto node) {
        String operator = node.getOpType();
        if (GLOBAL_POOLS.contains(operator)) {
            return true;
        }
        if (REDUCTIONS.contains(operator)) {
            return overPositions(graph, node);
        }
        if (PER_POSITION.contains(operator)) {
            return holds(graph, node.getInput(0));
        }
        if (ARITHMETIC.contains(operator)) {
            return IntStream.range(0, 2).mapToObj(node::getInput)
                    .allMatch(input -> RealConstant.find(graph, input).isPresent() || holds(graph, input));
        }
        return switch (operator) {
            case "Conv" -> ConstantMatrix.kernel(graph, node.getInput(1)).isPresent()
                    && holds(graph, node.getInput(0));
            case "Reshape" -> graph.constant(node.getInput(1)).map(Tensors::integers)
                    .filter(dims -> dims.length == 4 && dims[2] == 1 && dims[3] == 1).isPresent();
            case "Unsqueeze" -> overPositions(graph, node) || graph.producer(node.getInput(0))
                    .filter(before -> before.getOpType().equals("Unsqueeze")).isPresent() && addsLast(graph, node);
            // The size that a window leaves is not written down; right before a head it is the whole of the map.
            case "AveragePool", "MaxPool" -> true;
            default -> false;
        };
    }

    /** Whether a reduction leaves out, or an Unsqueeze adds, both positions of [N, d, height, width]. */
    static boolean overPositions(Graph graph, NodeProto node) {
        return axes(graph, node).filter(list -> Arrays.equals(list, new long[] {2, 3})).isPresent();
    }

    /** Whether an Unsqueeze adds the last of four axes; the one before it has then added the other. */
    private static boolean addsLast(Graph graph, NodeProto unsqueeze) {
        return axes(graph, unsqueeze).filter(list -> Arrays.equals(list, new long[] {3})).isPresent();
    }

    /** The axes that a node names, of four, ascending. */
    private static Optional<long[]> axes(Graph graph, NodeProto node) {
        Optional<long[]> axes = Graph.attribute(node, "axes").map(AttributeProto::getIntsList)
                .map(list -> list.stream().mapToLong(Long::longValue).toArray());
        if (axes.isEmpty() && node.getInputCount() > 1) {
            axes = graph.constant(node.getInput(1)).map(Tensors::integers);
        }
        return axes.map(list -> Arrays.stream(list).map(axis -> axis < 0 ? axis + 4 : axis).sorted().toArray());
    }
}
