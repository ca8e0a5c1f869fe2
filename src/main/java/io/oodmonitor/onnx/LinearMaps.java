package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.oodmonitor.onnx.LinearMap.Positions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Reads tensors of a graph as linear maps with constant weights: a Gemm, a MatMul or a convolution over single
 * positions, and what is added to it and multiplied with it afterwards.
 */
final class LinearMaps {

    /** Keep the values and their order. */
    private static final Set<String> KEEPING =
            Set.of("Identity", "Dropout", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze");

    /** Of those, the ones that leave the positions of a map alone. */
    private static final Set<String> KEEPING_POSITIONS = Set.of("Identity", "Dropout", "Cast");

    private final Graph graph;

    LinearMaps(Graph graph) {
        this.graph = graph;
    }

    /** The map from features to this tensor, one h an image; empty where there is none. */
    Optional<LinearMap> to(String tensor) {
        return any(tensor).filter(map -> map.positions() != Positions.EACH);
    }

    /** Whether nothing happens to values from the one tensor to the other but a change of shape or type. */
    boolean sameValues(String one, String other) {
        return origin(one).equals(origin(other));
    }

    private String origin(String tensor) {
        return graph.producer(tensor).filter(node -> KEEPING.contains(node.getOpType()))
                .map(node -> origin(node.getInput(0))).orElse(tensor);
    }

    private Optional<LinearMap> any(String tensor) {
        return graph.producer(tensor).flatMap(node -> switch (node.getOpType()) {
            case "Gemm" -> gemm(node);
            case "MatMul" -> ConstantMatrix.find(graph, node.getInput(1))
                    .map(stored -> unbiased(node.getInput(0), Positions.ONE, stored.transposed()));
            case "Conv" -> convolution(node);
            case "Add" -> sum(node);
            case "Sub" -> difference(node);
            case "Mul" -> product(node);
            case "Div" -> quotient(node);
            case "Neg" -> any(node.getInput(0)).map(map -> map.times(filled(map, -1)));
            case "GlobalAveragePool" -> any(node.getInput(0)).flatMap(LinearMaps::average);
            case "ReduceMean" -> SinglePosition.overPositions(graph, node)
                    ? any(node.getInput(0)).flatMap(LinearMaps::average) : Optional.empty();
            // What a quantised network makes of its logits, which are its logits all the same.
            case "DequantizeLinear" -> graph.producer(node.getInput(0))
                    .filter(inner -> inner.getOpType().equals("QuantizeLinear"))
                    .flatMap(inner -> any(inner.getInput(0)));
            default -> KEEPING.contains(node.getOpType()) ? any(node.getInput(0)).filter(map ->
                    map.positions() != Positions.EACH || KEEPING_POSITIONS.contains(node.getOpType()))
                    : Optional.empty();
        });
    }

    private static Optional<LinearMap> average(LinearMap map) {
        return Optional.of(map).filter(inner -> inner.positions() == Positions.EACH).map(LinearMap::averaged);
    }

    /** alpha A B + beta C, B transposed or not; the features A must not be. */
    private Optional<LinearMap> gemm(NodeProto node) {
        if (integer(node, "transA", 0) != 0) {
            return Optional.empty();
        }
        boolean transposed = integer(node, "transB", 0) != 0;
        return ConstantMatrix.find(graph, node.getInput(1)).map(stored -> transposed ? stored : stored.transposed())
                .map(weight -> unbiased(node.getInput(0), Positions.ONE, weight))
                .map(map -> real(node, "alpha") == 1 ? map : map.times(filled(map, real(node, "alpha"))))
                .flatMap(map -> bias(map, node, real(node, "beta")));
    }

    /** A kernel of 1x1 on features that are one an image, or whose positions are averaged later. */
    private Optional<LinearMap> convolution(NodeProto node) {
        boolean plain = integer(node, "group", 1) == 1 && all(node, "strides", 1) && all(node, "pads", 0);
        if (!plain) {
            return Optional.empty();
        }
        Positions positions = SinglePosition.holds(graph, node.getInput(0)) ? Positions.ONE : Positions.EACH;
        return ConstantMatrix.kernel(graph, node.getInput(1))
                .map(weight -> unbiased(node.getInput(0), positions, weight)).flatMap(map -> bias(map, node, 1));
    }

    private Optional<LinearMap> bias(LinearMap map, NodeProto node, float factor) {
        if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
            return Optional.of(map);
        }
        return RealConstant.find(graph, node.getInput(2)).flatMap(constant -> constant.perClass(map.classes()))
                .map(shift -> map.plus(scaled(shift, factor), node.getInput(2)));
    }

    private Optional<LinearMap> sum(NodeProto node) {
        return with(node, 1, LinearMap::plus).or(() -> with(node, 0, LinearMap::plus));
    }

    private Optional<LinearMap> difference(NodeProto node) {
        return with(node, 1, (map, shift, name) -> map.plus(scaled(shift, -1), name)).or(() ->
                with(node, 0, (map, shift, name) -> map.times(filled(map, -1)).plus(shift, name)));
    }

    private Optional<LinearMap> product(NodeProto node) {
        return with(node, 1, (map, factors, name) -> map.times(factors))
                .or(() -> with(node, 0, (map, factors, name) -> map.times(factors)));
    }

    private Optional<LinearMap> quotient(NodeProto node) {
        return with(node, 1, (map, divisors, name) -> {
            float[] factors = new float[divisors.length];
            for (int c = 0; c < factors.length; c++) {
                factors[c] = 1 / divisors[c];
            }
            return map.times(factors);
        });
    }

    /** What comes of a linear map and constants, one a class, under the name that they are stored by. */
    private interface Step {
        LinearMap apply(LinearMap map, float[] perClass, String name);
    }

    /** The constant is looked for first, so that of two inputs at most one is followed. */
    private Optional<LinearMap> with(NodeProto node, int constantInput, Step step) {
        String name = node.getInput(constantInput);
        return RealConstant.find(graph, name).flatMap(constant -> any(node.getInput(1 - constantInput)).flatMap(map ->
                constant.perClass(map.classes()).map(perClass -> step.apply(map, perClass, name))));
    }

    private static LinearMap unbiased(String penultimate, Positions positions, ConstantMatrix weight) {
        return new LinearMap(penultimate, positions, weight, "", new float[weight.rows()]);
    }

    private static float[] filled(LinearMap map, float value) {
        float[] values = new float[map.classes()];
        Arrays.fill(values, value);
        return values;
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private static long integer(NodeProto node, String name, long otherwise) {
        return Graph.attribute(node, name).map(AttributeProto::getI).orElse(otherwise);
    }

    private static boolean all(NodeProto node, String name, long value) {
        return Graph.attribute(node, name).map(AttributeProto::getIntsList)
                .map(list -> list.stream().allMatch(element -> element == value)).orElse(true);
    }

    /** Both scales of a Gemm are 1 unless they are given. */
    private static float real(NodeProto node, String name) {
        return Graph.attribute(node, name).map(AttributeProto::getF).orElse(1f);
    }
}
