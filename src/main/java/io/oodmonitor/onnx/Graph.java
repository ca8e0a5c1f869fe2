package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Look-ups in a graph: who makes a tensor, and which tensors are constant. */
final class Graph {

    private final GraphProto proto;
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, TensorProto> initializers = new HashMap<>();
    private final Map<String, ValueInfoProto> values = new HashMap<>();

    Graph(GraphProto proto) {
        this.proto = proto;
        for (NodeProto node : proto.getNodeList()) {
            for (String output : node.getOutputList()) {
                producers.put(output, node);
            }
        }
        for (TensorProto tensor : proto.getInitializerList()) {
            initializers.put(tensor.getName(), tensor);
        }
        proto.getValueInfoList().forEach(value -> values.put(value.getName(), value));
        proto.getInputList().forEach(value -> values.put(value.getName(), value));
        proto.getOutputList().forEach(value -> values.put(value.getName(), value));
    }

    Optional<NodeProto> producer(String tensor) {
        return Optional.ofNullable(producers.get(tensor));
    }

    List<NodeProto> nodes() {
        return proto.getNodeList();
    }

    List<String> outputs() {
        return proto.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    boolean has(String tensor) {
        return producers.containsKey(tensor) || initializers.containsKey(tensor) || values.containsKey(tensor);
    }

    /** The shape of a tensor as the graph states it; -1 where an axis is open. */
    Optional<long[]> shape(String tensor) {
        return Optional.ofNullable(values.get(tensor)).filter(value -> value.getType().getTensorType().hasShape())
                .map(Graph::shape);
    }

    /** Graph inputs that must be fed: before IR version 4 the list names initializers too. */
    List<ValueInfoProto> inputs() {
        return proto.getInputList().stream().filter(input -> !initializers.containsKey(input.getName())).toList();
    }

    Optional<TensorProto> initializer(String tensor) {
        return Optional.ofNullable(initializers.get(tensor));
    }

    /** A tensor that no input changes: an initializer or a Constant node, also behind Identity nodes. */
    Optional<TensorProto> constant(String tensor) {
        TensorProto initializer = initializers.get(tensor);
        if (initializer != null) {
            return Optional.of(initializer);
        }
        NodeProto node = producers.get(tensor);
        if (node == null) {
            return Optional.empty();
        }
        return switch (node.getOpType()) {
            case "Identity" -> constant(node.getInput(0));
            case "Constant" -> attribute(node, "value").map(AttributeProto::getT);
            default -> Optional.empty();
        };
    }

    /** The tensor before a change of layout, or of type. */
    String unturned(String tensor) {
        return producer(tensor).filter(node -> node.getOpType().equals("Transpose") || node.getOpType().equals("Cast"))
                .map(node -> unturned(node.getInput(0))).orElse(tensor);
    }

    /** Whether a tensor is the other one or is computed from it. */
    boolean dependsOn(String tensor, String other) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(tensor));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(other)) {
                return true;
            }
            if (seen.add(next)) {
                producer(next).ifPresent(node -> open.addAll(node.getInputList()));
            }
        }
        return false;
    }

    static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream().filter(attribute -> attribute.getName().equals(name)).findFirst();
    }

    /** The shape of a value as far as it is known; -1 where an axis is open. */
    static long[] shape(ValueInfoProto value) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .mapToLong(dim -> dim.hasDimValue() && dim.getDimValue() > 0 ? dim.getDimValue() : -1).toArray();
    }
}
