package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what a tensor comes from where that is no linear head, and which tensor may be meant instead. */
final class HeadReport {

    private static final Set<String> LINEAR = Set.of("Gemm", "MatMul", "Conv");

    /** Operators that a linear map may have behind it. */
    private static final Set<String> AFFINE =
            Set.of("Add", "Sub", "Mul", "Div", "Neg", "GlobalAveragePool", "ReduceMean");

    /** So many operators before the one that is in the way a linear layer is still worth a word. */
    private static final int NEAR = 3;

    private final Graph graph;
    private final LinearMaps maps;

    HeadReport(Graph graph, LinearMaps maps) {
        this.graph = graph;
        this.maps = maps;
    }

    /** As in: comes from Softmax 'probs' after Mul 'scaled' after Gemm 'fc', whose weight is computed by Mul 'norm'. */
    String of(String tensor) {
        List<String> path = new ArrayList<>();
        String current = tensor;
        Optional<NodeProto> node = graph.producer(tensor);
        while (node.isPresent() && passes(node.get())) {
            path.add(name(node.get()));
            current = source(node.get());
            node = graph.producer(current);
        }
        path.add(node.map(this::blocking).orElse("no node"));
        String suggestion = "";
        if (node.isPresent() && !LINEAR.contains(node.get().getOpType())) {
            List<String> beyond = new ArrayList<>();
            Optional<String> linear = nearLinear(current, beyond);
            if (linear.isPresent()) {
                path.addAll(beyond);
                suggestion = maps.to(linear.get()).map(map -> ", where --logits " + linear.get() + " would name "
                        + map.classes() + " logits").orElse("");
            }
        }
        return "comes from " + String.join(" after ", path) + suggestion;
    }

    private boolean passes(NodeProto node) {
        if (HeadFinder.isTransparent(node)) {
            return true;
        }
        return AFFINE.contains(node.getOpType()) && (node.getInputCount() == 1 || inputs(node).size() < 2);
    }

    private String source(NodeProto node) {
        List<String> computed = inputs(node);
        return computed.isEmpty() ? node.getInput(0) : computed.get(0);
    }

    private List<String> inputs(NodeProto node) {
        return node.getInputList().stream().filter(input -> !input.isEmpty() && !isConstant(input)).toList();
    }

    private boolean isConstant(String tensor) {
        return graph.constant(tensor).isPresent() || RealConstant.find(graph, tensor).isPresent();
    }

    /** The tensor of the linear layer shortly before this one; what lies between is added to the list. */
    private Optional<String> nearLinear(String tensor, List<String> between) {
        String current = tensor;
        for (int step = 0; step <= NEAR; step++) {
            Optional<NodeProto> node = graph.producer(current);
            if (node.isEmpty()) {
                return Optional.empty();
            }
            if (step > 0) {
                between.add(LINEAR.contains(node.get().getOpType()) ? blocking(node.get()) : name(node.get()));
                if (LINEAR.contains(node.get().getOpType()) || maps.to(current).isPresent()) {
                    return Optional.of(current);
                }
            }
            current = source(node.get());
        }
        return Optional.empty();
    }

    private String blocking(NodeProto node) {
        String operator = node.getOpType();
        if (!LINEAR.contains(operator)) {
            return name(node);
        }
        Optional<String> weight = Optional.of(node.getInput(1)).filter(input -> !isConstant(input));
        if (weight.isPresent()) {
            return name(node) + ", whose weight is " + graph.producer(weight.get())
                    .map(producer -> "computed by " + name(producer)).orElse("an input");
        }
        if (operator.equals("Conv")) {
            return name(node) + (ConstantMatrix.kernel(graph, node.getInput(1)).isPresent()
                    ? " at every position" : ", which is not 1x1");
        }
        return name(node);
    }

    private static String name(NodeProto node) {
        return node.getOpType() + (node.getName().isEmpty() ? "" : " '" + node.getName() + "'");
    }
}
