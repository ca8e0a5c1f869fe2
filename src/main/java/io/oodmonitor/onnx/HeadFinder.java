package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.oodmonitor.detector.LinearHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the linear head that a classifier ends in: the last Gemm, or MatMul with or without Add, whose weight is
 * constant, before nothing but operators that keep the order of the logits.
 */
public final class HeadFinder {

    /** What may follow the head: the class of the greatest value stays the same, and there is one value a class. */
    private static final Set<String> TRANSPARENT =
            Set.of("Softmax", "LogSoftmax", "Identity", "Reshape", "Flatten", "Squeeze", "Dropout", "Cast");

    private final Graph graph;
    private final List<String> seen = new ArrayList<>();

    private HeadFinder(Graph graph) {
        this.graph = graph;
    }

    /**
     * The head before the first output of the graph that has one.
     *
     * @throws UnsupportedModelException naming what every output ends in, if none has
     */
    public static LocatedHead find(GraphProto proto) {
        Graph graph = new Graph(proto);
        List<String> reports = new ArrayList<>();
        for (ValueInfoProto output : proto.getOutputList()) {
            HeadFinder finder = new HeadFinder(graph);
            Optional<LocatedHead> head = finder.before(output.getName());
            if (head.isPresent()) {
                return head.get();
            }
            reports.add("output '" + output.getName() + "' comes from " + String.join(" after ", finder.seen));
        }
        throw new UnsupportedModelException("the model must end in a linear head (Gemm, or MatMul and Add, with"
                + " constant weights), but " + (reports.isEmpty() ? "has no output" : String.join(", ", reports)));
    }

    /**
     * The head before one tensor of the graph.
     *
     * @throws UnsupportedModelException naming what the tensor comes from, if there is none
     */
    public static LocatedHead find(GraphProto proto, String tensor) {
        HeadFinder finder = new HeadFinder(new Graph(proto));
        return finder.before(tensor).orElseThrow(() -> new UnsupportedModelException("tensor '" + tensor
                + "' must come from a linear head (Gemm, or MatMul and Add, with constant weights), but comes from "
                + String.join(" after ", finder.seen)));
    }

    private Optional<LocatedHead> before(String tensor) {
        Optional<NodeProto> producer = graph.producer(tensor);
        if (producer.isEmpty()) {
            seen.add("no node");
            return Optional.empty();
        }
        NodeProto node = producer.get();
        seen.add(node.getOpType() + (node.getName().isEmpty() ? "" : " '" + node.getName() + "'"));
        if (TRANSPARENT.contains(node.getOpType())) {
            return before(node.getInput(0));
        }
        return switch (node.getOpType()) {
            case "Gemm" -> gemm(node);
            case "MatMul" -> matMul(node, tensor, "", null);
            case "Add" -> add(node);
            default -> Optional.empty();
        };
    }

    /** alpha A B + beta C, B transposed or not; the features A must not be. */
    private Optional<LocatedHead> gemm(NodeProto node) {
        if (integer(node, "transA") != 0) {
            return Optional.empty();
        }
        boolean transposed = integer(node, "transB") != 0;
        return ConstantMatrix.find(graph, node.getInput(1)).flatMap(stored -> {
            ConstantMatrix weight = (transposed ? stored : stored.transposed()).times(real(node, "alpha"));
            if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
                return located(node.getInput(0), node.getOutput(0), weight, "", null);
            }
            return graph.constant(node.getInput(2)).flatMap(bias -> located(node.getInput(0), node.getOutput(0), weight,
                    node.getInput(2), scaled(Tensors.reals(bias), real(node, "beta"))));
        });
    }

    private Optional<LocatedHead> add(NodeProto node) {
        for (int side = 0; side < 2; side++) {
            Optional<TensorProto> bias = graph.constant(node.getInput(1 - side)).filter(Tensors::isReal);
            Optional<NodeProto> product = graph.producer(node.getInput(side))
                    .filter(producer -> producer.getOpType().equals("MatMul"));
            if (bias.isPresent() && product.isPresent()) {
                seen.add("MatMul");
                return matMul(product.get(), node.getOutput(0), node.getInput(1 - side), Tensors.reals(bias.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<LocatedHead> matMul(NodeProto node, String logits, String biasName, float[] bias) {
        return ConstantMatrix.find(graph, node.getInput(1))
                .flatMap(weight -> located(node.getInput(0), logits, weight.transposed(), biasName, bias));
    }

    private static Optional<LocatedHead> located(
            String penultimate, String logits, ConstantMatrix weight, String biasName, float[] bias) {
        int classes = weight.rows();
        float[] perClass = new float[classes];
        if (bias != null) {
            if (bias.length != 1 && bias.length != classes) {
                return Optional.empty();
            }
            for (int c = 0; c < classes; c++) {
                perClass[c] = bias[bias.length == 1 ? 0 : c];
            }
        }
        return Optional.of(new LocatedHead(penultimate, logits, weight.name(), biasName,
                new LinearHead(classes, weight.columns(), weight.values(), perClass)));
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private static long integer(NodeProto node, String name) {
        return Graph.attribute(node, name).map(AttributeProto::getI).orElse(0L);
    }

    /** Both scales of a Gemm are 1 unless they are given. */
    private static float real(NodeProto node, String name) {
        return Graph.attribute(node, name).map(AttributeProto::getF).orElse(1f);
    }
}
