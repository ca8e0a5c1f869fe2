package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Drops the nodes and initializers that no output of a graph depends on. */
final class Pruning {

    private Pruning() {
    }

    /** @param graph its nodes in topological order, as ONNX asks for */
    static void apply(GraphProto.Builder graph) {
        Set<String> needed = new HashSet<>();
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(needed::add);
        List<NodeProto> kept = new ArrayList<>();
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = graph.getNode(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                kept.add(node);
                addUsed(node, needed);
            }
        }
        Collections.reverse(kept);
        List<TensorProto> initializers = graph.getInitializerList().stream()
                .filter(tensor -> needed.contains(tensor.getName())).toList();
        graph.clearNode().addAllNode(kept).clearInitializer().addAllInitializer(initializers);
    }

    /** All that a node reads; a subgraph may read tensors of the graph around it. */
    private static void addUsed(NodeProto node, Set<String> used) {
        used.addAll(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            List<GraphProto> subgraphs = new ArrayList<>(attribute.getGraphsList());
            if (attribute.hasG()) {
                subgraphs.add(attribute.getG());
            }
            for (GraphProto subgraph : subgraphs) {
                subgraph.getNodeList().forEach(inner -> addUsed(inner, used));
                subgraph.getOutputList().stream().map(ValueInfoProto::getName).forEach(used::add);
            }
        }
    }
}
