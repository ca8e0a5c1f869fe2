package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What everyone who follows a graph's nodes relies on: each reads what stands before it, as ONNX demands, and none
 * makes what is there already, so that no way leads in a circle.
 */
final class GraphStructure {

    private GraphStructure() {
    }

    /** @throws UnsupportedModelException in one sentence that names the node */
    static void check(Path file, GraphProto graph) {
        Set<String> made = new HashSet<>();
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(made::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(made::add);
        graph.getSparseInitializerList().stream().map(SparseTensorProto::getValues).map(TensorProto::getName)
                .forEach(made::add);
        for (NodeProto node : graph.getNodeList()) {
            for (String input : node.getInputList()) {
                if (!input.isEmpty() && !made.contains(input)) {
                    throw wrong(file, node, "reads '" + input + "', which nothing before it makes");
                }
            }
            for (String output : node.getOutputList()) {
                if (!output.isEmpty() && !made.add(output)) {
                    throw wrong(file, node, "makes '" + output + "', which is there already");
                }
            }
        }
    }

    private static UnsupportedModelException wrong(Path file, NodeProto node, String what) {
        return new UnsupportedModelException(file + " is not an ONNX model: its node " + node.getOpType() + " '"
                + node.getName() + "' " + what);
    }
}
