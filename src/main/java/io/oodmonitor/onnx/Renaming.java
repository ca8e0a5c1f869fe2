package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Set;

/** Moves tensors of a graph out of the way of names that are wanted for others, in subgraphs too. */
final class Renaming {

    private static final String PREFIX = "original/";

    private final Set<String> wanted;

    Renaming(Set<String> wanted) {
        this.wanted = wanted;
    }

    /** The name that a tensor has afterwards. */
    String of(String tensor) {
        return wanted.contains(tensor) ? PREFIX + tensor : tensor;
    }

    void apply(GraphProto.Builder graph) {
        graph.getNodeBuilderList().forEach(this::apply);
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            tensor.setName(of(tensor.getName()));
        }
        for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
            input.setName(of(input.getName()));
        }
        for (ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
            output.setName(of(output.getName()));
        }
        for (ValueInfoProto.Builder value : graph.getValueInfoBuilderList()) {
            value.setName(of(value.getName()));
        }
    }

    private void apply(NodeProto.Builder node) {
        for (int i = 0; i < node.getInputCount(); i++) {
            node.setInput(i, of(node.getInput(i)));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            node.setOutput(i, of(node.getOutput(i)));
        }
        for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
            if (attribute.hasG()) {
                apply(attribute.getGBuilder());
            }
            attribute.getGraphsBuilderList().forEach(this::apply);
        }
    }
}
