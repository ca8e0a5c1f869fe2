package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What everyone who follows a graph's nodes relies on: nodes stand behind those that they read from, as ONNX demands, and
 * none makes what another has made, so that no way leads in a circle; each has a result, and the inputs that its
 * operator cannot do without.
 */
final class GraphStructure {

    /** Of the operators that are looked into, where it is more than one. */
    private static final Map<String, Integer> LEAST_INPUTS = Map.ofEntries(Map.entry("Gemm", 2),
            Map.entry("MatMul", 2), Map.entry("Conv", 2), Map.entry("Add", 2), Map.entry("Sub", 2),
            Map.entry("Mul", 2), Map.entry("Div", 2), Map.entry("DequantizeLinear", 2));

    private final Path file;
    private final Set<String> made = new HashSet<>();

    private GraphStructure(Path file) {
        this.file = file;
    }

    /** @throws UnsupportedModelException in one sentence that names the node */
    static void check(Path file, GraphProto graph) {
        new GraphStructure(file).check(graph);
    }

    private void check(GraphProto graph) {
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(made::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(made::add);
        graph.getSparseInitializerList().stream().map(SparseTensorProto::getValues).map(TensorProto::getName)
                .forEach(made::add);
        for (NodeProto node : graph.getNodeList()) {
            check(node);
            for (String output : node.getOutputList()) {
                if (!output.isEmpty() && !made.add(output)) {
                    throw wrong(node, "makes '" + output + "', which is there already");
                }
            }
        }
    }

    private void check(NodeProto node) {
        if (node.getOutputCount() == 0) {
            throw wrong(node, "has no output");
        }
        int least = LEAST_INPUTS.getOrDefault(node.getOpType(), 0);
        for (int i = 0; i < Math.max(least, node.getInputCount()); i++) {
            String input = i < node.getInputCount() ? node.getInput(i) : "";
            if (input.isEmpty() && i < least) {
                throw wrong(node, "must have " + least + " inputs, but lacks number " + (i + 1));
            }
            if (!input.isEmpty() && !made.contains(input)) {
                throw wrong(node, "reads '" + input + "', which nothing before it makes");
            }
        }
    }

    private UnsupportedModelException wrong(NodeProto node, String what) {
        return new UnsupportedModelException(file + " is not an ONNX model: its node " + node.getOpType() + " '"
                + node.getName() + "' " + what);
    }
}
