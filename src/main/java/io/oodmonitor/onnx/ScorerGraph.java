package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.oodmonitor.detector.Scorer;

/**
 * A scorer alone as a graph, with the very nodes that {@link GraphPreparation} puts behind a network:
 * {@link PreparedGraph#FEATURES} in, {@link PreparedGraph#SCORE} out.
 */
public final class ScorerGraph {

    private static final int OPSET = 18;
    private static final int IR_VERSION = 8;

    private ScorerGraph() {
    }

    public static ModelProto of(Scorer scorer) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("scorer").addInput(
                GraphNodes.value(PreparedGraph.FEATURES, DataType.FLOAT, "N", scorer.features()));
        GraphNodes nodes = new GraphNodes();
        NodeOperators operators = new NodeOperators(graph, nodes, OPSET);
        operators.output(scorer.score(operators, PreparedGraph.FEATURES), PreparedGraph.SCORE);
        nodes.insertInto(graph);
        graph.addOutput(GraphNodes.value(PreparedGraph.SCORE, DataType.FLOAT, "N"));
        return ModelProto.newBuilder().setIrVersion(IR_VERSION).setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET)).build();
    }
}
