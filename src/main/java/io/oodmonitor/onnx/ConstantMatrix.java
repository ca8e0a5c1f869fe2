package io.oodmonitor.onnx;

import java.util.List;
import java.util.Optional;

/**
 * A constant two-dimensional tensor.
 *
 * @param name the stored tensor
 * @param values row-major
 */
record ConstantMatrix(String name, int rows, int columns, float[] values) {

    static Optional<ConstantMatrix> find(Graph graph, String tensor) {
        return RealConstant.find(graph, tensor).filter(constant -> constant.dims().size() == 2)
                .map(ConstantMatrix::of);
    }

    /** The kernel of a convolution over single positions, [C, d, 1, 1], as C x d. */
    static Optional<ConstantMatrix> kernel(Graph graph, String tensor) {
        return RealConstant.find(graph, tensor).filter(constant -> {
            List<Long> dims = constant.dims();
            return dims.size() > 2 && dims.subList(2, dims.size()).stream().allMatch(length -> length == 1);
        }).map(ConstantMatrix::of);
    }

    private static ConstantMatrix of(RealConstant constant) {
        return new ConstantMatrix(constant.name(), Math.toIntExact(constant.dims().get(0)),
                Math.toIntExact(constant.dims().get(1)), constant.values());
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

    /** Each row times its factor. */
    ConstantMatrix times(float[] factors) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factors[i / columns];
        }
        return new ConstantMatrix(name, rows, columns, scaled);
    }
}
