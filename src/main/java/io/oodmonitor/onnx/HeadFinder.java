package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the linear head that a classifier ends in: a Gemm, a MatMul or a convolution of 1x1 on pooled features, with
 * constant weights, and whatever constants are added to and multiplied with its result; behind it nothing but operators
 * that keep the order of the logits.
 */
public final class HeadFinder {

    /** What may follow the logits: the class of the greatest value stays the same. */
    private static final Set<String> TRANSPARENT = Set.of("Softmax", "LogSoftmax", "Log", "ArgMax", "TopK", "ZipMap",
            "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout", "Cast");

    private final Graph graph;
    private final LinearMaps maps;

    private HeadFinder(GraphProto proto) {
        graph = new Graph(proto);
        maps = new LinearMaps(graph);
    }

    /**
     * The head before the outputs of the graph; where one output's head works on what another one gives, the last.
     *
     * @throws UnsupportedModelException naming what every output ends in if none has a head, and all heads if there are
     *     several
     */
    public static LocatedHead find(GraphProto proto) {
        return find(proto, Optional.empty(), Optional.empty());
    }

    /**
     * The head before one tensor of the graph.
     *
     * @throws UnsupportedModelException naming what the tensor comes from, if there is none
     */
    public static LocatedHead find(GraphProto proto, String tensor) {
        return find(proto, Optional.of(tensor), Optional.empty());
    }

    /**
     * The head as far as it is named.
     *
     * @param logits a tensor that comes from the head alone: its logits, or a softmax of them
     * @param features the tensor that the head's weight is multiplied with
     * @throws UnsupportedModelException in one sentence, if there is no such tensor, no such head, or more than one
     */
    public static LocatedHead find(GraphProto proto, Optional<String> logits, Optional<String> features) {
        return Contradiction.refused(() -> new HeadFinder(proto).named(logits, features));
    }

    private LocatedHead named(Optional<String> logits, Optional<String> features) {
        logits.ifPresent(this::require);
        features.ifPresent(this::require);
        if (logits.isEmpty()) {
            return features.isEmpty() ? beforeOutputs() : after(features.get());
        }
        LocatedHead head = before(logits.get()).orElseThrow(() -> new UnsupportedModelException("tensor '"
                + logits.get() + "' must come from a linear head (Gemm, MatMul and Add, or Conv of 1x1 on pooled"
                + " features, with constant weights), but " + new HeadReport(graph, maps).of(logits.get())));
        features.filter(named -> !maps.sameValues(named, head.penultimate())).ifPresent(named -> {
            throw new UnsupportedModelException("the head before '" + logits.get() + "' must work on the features '"
                    + named + "', but works on '" + head.penultimate() + "'");
        });
        return head;
    }

    private void require(String tensor) {
        if (!graph.has(tensor)) {
            throw new UnsupportedModelException(
                    "the model must have a tensor '" + tensor + "', but has none; its outputs are " + graph.outputs());
        }
    }

    private LocatedHead beforeOutputs() {
        // Outputs may share a head: logits and their softmax.
        Map<String, LocatedHead> heads = new LinkedHashMap<>();
        for (String output : graph.outputs()) {
            before(output).ifPresent(head -> heads.putIfAbsent(head.logits(), head));
        }
        if (heads.isEmpty()) {
            HeadReport report = new HeadReport(graph, maps);
            List<String> reports = graph.outputs().stream()
                    .map(output -> "output '" + output + "' " + report.of(output)).toList();
            throw new UnsupportedModelException("the model must end in a linear head (Gemm, MatMul and Add, or Conv of"
                    + " 1x1 on pooled features, with constant weights), but "
                    + (reports.isEmpty() ? "has no output" : String.join(", ", reports)));
        }
        return only(heads.values().stream().filter(head -> heads.values().stream()
                .noneMatch(other -> graph.dependsOn(other.penultimate(), head.logits()))).toList());
    }

    private LocatedHead after(String features) {
        List<LocatedHead> heads = new ArrayList<>();
        for (NodeProto node : graph.nodes()) {
            String result = node.getOutput(0);
            maps.to(result).filter(map -> maps.sameValues(map.penultimate(), features)).ifPresent(map -> {
                // What follows on the same weight replaces what came before it.
                heads.removeIf(head -> graph.dependsOn(result, head.logits()));
                heads.add(map.located(result));
            });
        }
        if (heads.isEmpty()) {
            throw new UnsupportedModelException("a linear head (Gemm, MatMul and Add, or Conv of 1x1 on pooled"
                    + " features, with constant weights) must work on the features '" + features + "', but none does");
        }
        return only(heads);
    }

    private static LocatedHead only(List<LocatedHead> heads) {
        if (heads.size() > 1) {
            List<String> texts = heads.stream().map(head -> "'" + head.logits() + "' of " + head.head().classes()
                    + " classes").toList();
            throw new UnsupportedModelException("the model must have one linear head, but has " + heads.size()
                    + ", with the logits " + String.join(" and ", texts) + ": choose with --logits");
        }
        return heads.get(0);
    }

    private Optional<LocatedHead> before(String tensor) {
        Optional<NodeProto> node = graph.producer(tensor);
        if (node.isPresent() && TRANSPARENT.contains(node.get().getOpType())) {
            return before(node.get().getInput(0));
        }
        return maps.to(tensor).map(map -> map.located(tensor));
    }

    static boolean isTransparent(NodeProto node) {
        return TRANSPARENT.contains(node.getOpType());
    }
}
