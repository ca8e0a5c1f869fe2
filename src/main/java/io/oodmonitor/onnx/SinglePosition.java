package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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

    private final Graph graph;
    /** By tensor. Without it, a sum of a sum of a sum would be followed twice at each. */
    private final Map<String, Boolean> known = new HashMap<>();

    private SinglePosition(Graph graph) {
        this.graph = graph;
    }

    static boolean holds(Graph graph, String tensor) {
        return new SinglePosition(graph).holds(tensor);
    }

    private boolean holds(String tensor) {
        Boolean before = known.get(tensor);
        if (before != null) {
            return before;
        }
        Optional<long[]> shape = graph.shape(tensor).filter(axes -> axes.length == 4 && axes[2] > 0 && axes[3] > 0);
        boolean holds = shape.isPresent() ? shape.get()[2] == 1 && shape.get()[3] == 1
                : graph.producer(tensor).filter(this::after).isPresent();
        known.put(tensor, holds);
        return holds;
    }

    private boolean after(NodeProto node) {
        String operator = node.getOpType();
        if (GLOBAL_POOLS.contains(operator)) {
            return true;
        }
        if (REDUCTIONS.contains(operator)) {
            return overPositions(graph, node);
        }
        if (PER_POSITION.contains(operator)) {
            return holds(node.getInput(0));
        }
        if (ARITHMETIC.contains(operator)) {
            return IntStream.range(0, 2).mapToObj(node::getInput)
                    .allMatch(input -> RealConstant.find(graph, input).isPresent() || holds(input));
        }
        return switch (operator) {
            case "Conv" -> ConstantMatrix.kernel(graph, node.getInput(1)).isPresent()
                    && holds(node.getInput(0));
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
