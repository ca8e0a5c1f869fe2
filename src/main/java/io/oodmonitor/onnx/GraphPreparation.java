package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.oodmonitor.detector.Scorer;
import java.util.List;
import java.util.Set;

/**
 * Rewrites a classifier to the graph that a monitor runs: the tensors of {@link PreparedGraph} around an unchanged
 * backbone and an unchanged original head. Any number of images a run, wherever the network's own nodes allow it.
 *
 * <p>Takes operator sets from 9 on.
 */
public final class GraphPreparation {

    private static final int OLDEST_OPSET = 9;

    /** From IR version 4 on an initializer is constant unless it is listed as an input. */
    private static final long IR_WITH_OVERRIDABLE_INITIALIZERS = 4;

    private static final String BATCH = "N";

    private final GraphProto.Builder graph;
    private final InputFormat format;
    private final long opset;
    private final GraphNodes nodes = new GraphNodes();

    private GraphPreparation(GraphProto.Builder graph, InputFormat format, long opset) {
        this.graph = graph;
        this.format = format;
        this.opset = opset;
    }

    /**
     * @param model as exported, its input float or float16, NCHW or NHWC
     * @param head as {@link HeadFinder} found it in this model
     * @param scorer makes the score of the features
     * @throws UnsupportedModelException if the network's input does not fit the format, or the graph is none
     */
    public static ModelProto prepare(ModelProto model, LocatedHead head, InputFormat format, Scorer scorer) {
        return Contradiction.refused(() -> prepared(model, head, format, scorer));
    }

    private static ModelProto prepared(ModelProto model, LocatedHead head, InputFormat format, Scorer scorer) {
        long opset = opset(model);
        if (opset < OLDEST_OPSET) {
            throw new UnsupportedModelException(
                    "the model must use operator set " + OLDEST_OPSET + " or later, but uses " + opset);
        }
        NetworkInput input = NetworkInput.of(model.getGraph(), format);
        GraphProto.Builder graph = model.getGraph().toBuilder();
        Renaming renaming = new Renaming(Set.of(PreparedGraph.IMAGES, PreparedGraph.MASKED_WEIGHT, PreparedGraph.SCORE,
                PreparedGraph.CLASS, PreparedGraph.CONFIDENCE, PreparedGraph.FEATURES, PreparedGraph.LOGITS));
        renaming.apply(graph);
        GraphPreparation preparation = new GraphPreparation(graph, format, opset);
        preparation.replaceInput(input, renaming.of(input.name()));
        String features = renaming.of(head.penultimate());
        if (head.averaged()) {
            features = preparation.nodes.after("GlobalAveragePool", "ood_averaged", List.of(features));
        }
        preparation.replaceOutputs(features, renaming.of(head.logits()), head.head().classes(), scorer);
        Pruning.apply(graph);
        return model.toBuilder().setGraph(graph)
                .setIrVersion(Math.max(model.getIrVersion(), IR_WITH_OVERRIDABLE_INITIALIZERS)).build();
    }

    /** The version of the standard operators that a model uses; 1 where it names none, as the format says. */
    public static long opset(ModelProto model) {
        return model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion).max().orElse(1);
    }

    private void replaceInput(NetworkInput input, String name) {
        if (input.batch() > 0) {
            BatchAxis.free(graph, name, input.batch());
        }

        String pixels = PreparedGraph.IMAGES;
        if (format.normalization().channels() == ChannelOrder.BGR) {
            graph.addInitializer(Tensors.ofIntegers("ood_channels", 2, 1, 0));
            pixels = nodes.before("Gather", "ood_bgr", List.of(pixels, "ood_channels"), GraphNodes.integer("axis", 3));
        }
        // Moved while they are bytes: a quarter of the memory to touch, and long rows to scale afterwards.
        if (input.channelsFirst()) {
            pixels = nodes.before("Transpose", "ood_nchw", List.of(pixels), GraphNodes.integers("perm", 0, 3, 1, 2));
        }
        pixels = nodes.before("Cast", "ood_real", List.of(pixels), GraphNodes.type("to", DataType.FLOAT));
        long[] perChannel = input.channelsFirst() ? new long[] {1, Normalization.CHANNELS, 1, 1}
                : new long[] {1, 1, 1, Normalization.CHANNELS};
        graph.addInitializer(Tensors.ofReals("ood_scale", format.normalization().scale(), perChannel));
        graph.addInitializer(Tensors.ofReals("ood_shift", format.normalization().shift(), perChannel));
        pixels = nodes.before("Mul", "ood_scaled", List.of(pixels, "ood_scale"));
        if (input.type() == DataType.FLOAT) {
            nodes.before("Add", name, List.of(pixels, "ood_shift"));
        } else {
            pixels = nodes.before("Add", "ood_normalized", List.of(pixels, "ood_shift"));
            nodes.before("Cast", name, List.of(pixels), GraphNodes.type("to", input.type()));
        }
        graph.clearInput().addInput(GraphNodes.value(PreparedGraph.IMAGES, DataType.UINT8,
                BATCH, format.height(), format.width(), Normalization.CHANNELS));
    }

    private void replaceOutputs(String penultimate, String logits, int classes, Scorer scorer) {
        // Shapes of the exported batch size would contradict any other.
        graph.clearValueInfo().clearOutput();
        String features = nodes.after("Flatten", "ood_features", List.of(penultimate), GraphNodes.integer("axis", 1));
        nodes.after("Cast", PreparedGraph.FEATURES, List.of(features), GraphNodes.type("to", DataType.FLOAT));
        String flat = nodes.after("Flatten", "ood_logits", List.of(logits), GraphNodes.integer("axis", 1));
        nodes.after("Cast", PreparedGraph.LOGITS, List.of(flat), GraphNodes.type("to", DataType.FLOAT));
        nodes.after("ArgMax", PreparedGraph.CLASS, List.of(PreparedGraph.LOGITS),
                GraphNodes.integer("axis", 1), GraphNodes.integer("keepdims", 0));
        NodeOperators operators = new NodeOperators(graph, nodes, opset);
        operators.output(operators.max(operators.softmax(PreparedGraph.LOGITS)), PreparedGraph.CONFIDENCE);
        operators.output(scorer.score(operators, PreparedGraph.FEATURES), PreparedGraph.SCORE);

        graph.addOutput(GraphNodes.value(PreparedGraph.SCORE, DataType.FLOAT, BATCH));
        graph.addOutput(GraphNodes.value(PreparedGraph.CLASS, DataType.INT64, BATCH));
        graph.addOutput(GraphNodes.value(PreparedGraph.CONFIDENCE, DataType.FLOAT, BATCH));
        graph.addOutput(GraphNodes.value(PreparedGraph.FEATURES, DataType.FLOAT, BATCH, scorer.features()));
        graph.addOutput(GraphNodes.value(PreparedGraph.LOGITS, DataType.FLOAT, BATCH, classes));
        nodes.insertInto(graph);
    }
}
