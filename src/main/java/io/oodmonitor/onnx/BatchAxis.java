package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;

/**
 * Frees a graph that was exported for one batch size: a Reshape to a constant shape that begins with that size takes
 * the size of its input's first axis instead. Other operators with the size built in stay as they are.
 */
final class BatchAxis {

    /** In the shape given to Reshape: as the input has it. */
    private static final long AS_INPUT = 0;

    private BatchAxis() {
    }

    /** @param input the tensor of the images: a Reshape of what does not depend on it has nothing to do with them */
    static void free(GraphProto.Builder graph, String input, long exported) {
        Graph lookup = new Graph(graph.build());
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto.Builder node = graph.getNodeBuilder(i);
            Optional<TensorProto> shape = node.getOpType().equals("Reshape") && node.getInputCount() > 1
                    ? lookup.constant(node.getInput(1)) : Optional.empty();
            if (shape.isPresent() && Tensors.size(shape.get()) > 1) {
                long[] dims = Tensors.integers(shape.get());
                if (dims[0] == exported && !takesZeroLiterally(node) && lookup.dependsOn(node.getInput(0), input)) {
                    dims[0] = AS_INPUT;
                    TensorProto freed = Tensors.ofIntegers("ood_shape_" + i, dims);
                    graph.addInitializer(freed);
                    node.setInput(1, freed.getName());
                }
            }
        }
    }

    private static boolean takesZeroLiterally(NodeProto.Builder node) {
        return Graph.attribute(node.build(), "allowzero").map(attribute -> attribute.getI() != 0).orElse(false);
    }
}
