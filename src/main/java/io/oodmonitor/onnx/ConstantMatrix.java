package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;

/**
 * A constant two-dimensional tensor, also where the graph transposes it first.
 *
 * @param name the stored tensor
 * @param values row-major
 */
record ConstantMatrix(String name, int rows, int columns, float[] values) {

    static Optional<ConstantMatrix> find(Graph graph, String tensor) {
        Optional<TensorProto> constant = graph.constant(tensor);
        if (constant.isPresent()) {
            return constant.filter(stored -> stored.getDimsCount() == 2 && Tensors.isReal(stored))
                    .map(stored -> of(tensor, stored));
        }
        return graph.producer(tensor).flatMap(node -> switch (node.getOpType()) {
            case "Transpose" -> find(graph, node.getInput(0)).filter(stored -> swapsAxes(node))
                    .map(ConstantMatrix::transposed);
            case "Cast" -> find(graph, node.getInput(0));
            default -> Optional.empty();
        });
    }

    private static ConstantMatrix of(String tensor, TensorProto stored) {
        return new ConstantMatrix(stored.getName().isEmpty() ? tensor : stored.getName(),
                Math.toIntExact(stored.getDims(0)), Math.toIntExact(stored.getDims(1)), Tensors.reals(stored));
    }

    private static boolean swapsAxes(NodeProto transpose) {
        return Graph.attribute(transpose, "perm").map(AttributeProto::getIntsList)
                .map(perm -> perm.size() == 2 && perm.get(0) == 1).orElse(true);
    }

    ConstantMatrix transposed() {
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return new ConstantMatrix(name, columns, rows, turned);
    }

    ConstantMatrix times(float factor) {
        if (factor == 1) {
            return this;
        }
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return new ConstantMatrix(name, rows, columns, scaled);
    }
}
