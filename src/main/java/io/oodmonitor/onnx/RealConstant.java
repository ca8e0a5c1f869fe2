package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Optional;

/**
 * Real numbers that no input of a graph changes, also where the graph casts, turns or dequantises what it stores.
 *
 * @param name the stored tensor
 * @param values row-major
 */
record RealConstant(String name, List<Long> dims, float[] values) {

    RealConstant {
        dims = List.copyOf(dims);
    }

    static Optional<RealConstant> find(Graph graph, String tensor) {
        Optional<TensorProto> stored = graph.constant(tensor);
        if (stored.isPresent()) {
            return stored.filter(Tensors::isReal).map(found -> of(tensor, found, Tensors.reals(found)));
        }
        return graph.producer(tensor).flatMap(node -> switch (node.getOpType()) {
            case "Identity", "Cast" -> find(graph, node.getInput(0));
            case "Constant" -> literal(node);
            case "Transpose" -> find(graph, node.getInput(0)).filter(constant -> constant.dims.size() == 2)
                    .map(constant -> swapsAxes(node) ? constant.transposed() : constant);
            case "DequantizeLinear" -> dequantised(graph, node);
            default -> Optional.empty();
        });
    }

    private static RealConstant of(String tensor, TensorProto stored, float[] values) {
        return new RealConstant(stored.getName().isEmpty() ? tensor : stored.getName(), stored.getDimsList(), values);
    }

    /** A Constant node that holds plain numbers, from operator set 12 on. */
    private static Optional<RealConstant> literal(NodeProto node) {
        Optional<float[]> one = Graph.attribute(node, "value_float").map(AttributeProto::getF)
                .map(value -> new float[] {value});
        if (one.isPresent()) {
            return Optional.of(new RealConstant(node.getOutput(0), List.of(), one.get()));
        }
        return Graph.attribute(node, "value_floats").map(AttributeProto::getFloatsList).map(list -> {
            float[] values = new float[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = list.get(i);
            }
            return new RealConstant(node.getOutput(0), List.of((long) values.length), values);
        });
    }

    /** (q - zero point) * scale, with one scale or one for each index of an axis. */
    private static Optional<RealConstant> dequantised(Graph graph, NodeProto node) {
        Optional<TensorProto> stored = graph.constant(node.getInput(0)).filter(Tensors::isQuantised);
        Optional<RealConstant> scale = find(graph, node.getInput(1));
        boolean shifted = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
        Optional<TensorProto> zero = shifted ? graph.constant(node.getInput(2)).filter(Tensors::isQuantised)
                : Optional.empty();
        if (stored.isEmpty() || scale.isEmpty() || shifted && zero.isEmpty()) {
            return Optional.empty();
        }
        float[] scales = scale.get().values;
        float[] zeros = zero.map(Tensors::quantised).orElseGet(() -> new float[scales.length]);
        List<Long> dims = stored.get().getDimsList();
        int axis = Math.floorMod(Graph.attribute(node, "axis").map(AttributeProto::getI).orElse(1L).intValue(),
                Math.max(1, dims.size()));
        if (zeros.length != scales.length || scales.length > 1 && scales.length != dims.get(axis)) {
            return Optional.empty();
        }
        long inner = dims.subList(Math.min(axis + 1, dims.size()), dims.size()).stream()
                .reduce(1L, Math::multiplyExact);
        float[] values = Tensors.quantised(stored.get());
        for (int i = 0; i < values.length; i++) {
            int index = (int) (i / inner % scales.length);
            values[i] = (values[i] - zeros[index]) * scales[index];
        }
        return Optional.of(of(node.getInput(0), stored.get(), values));
    }

    private static boolean swapsAxes(NodeProto transpose) {
        return Graph.attribute(transpose, "perm").map(AttributeProto::getIntsList)
                .map(perm -> perm.get(0) == 1).orElse(true);
    }

    private RealConstant transposed() {
        ConstantMatrix turned = new ConstantMatrix(name, Math.toIntExact(dims.get(0)), Math.toIntExact(dims.get(1)),
                values).transposed();
        return new RealConstant(name, List.of(dims.get(1), dims.get(0)), turned.values());
    }

    /** Its numbers one a class, if it has as many, or one for all of them. */
    Optional<float[]> perClass(int classes) {
        if (values.length != 1 && values.length != classes) {
            return Optional.empty();
        }
        float[] perClass = new float[classes];
        for (int c = 0; c < classes; c++) {
            perClass[c] = values[values.length == 1 ? 0 : c];
        }
        return Optional.of(perClass);
    }
}
