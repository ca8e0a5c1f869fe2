package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.oodmonitor.detector.LinearHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a prepared graph holds.
 *
 * @param opset version of the standard operators that it uses
 * @param head the original head
 * @param scoring the head whose energy is the score
 */
public record PreparedModel(long opset, LinearHead head, LinearHead scoring) {

    /** @throws UnsupportedModelException if the graph is no prepared one for this input */
    public static PreparedModel of(ModelProto model, InputFormat format) {
        Graph graph = new Graph(model.getGraph());
        List<ValueInfoProto> inputs = graph.inputs();
        if (inputs.size() != 1 || !takes(inputs.get(0), format)) {
            throw new UnsupportedModelException("the graph must take '" + PreparedGraph.IMAGES + "', uint8 [N, "
                    + format.height() + ", " + format.width() + ", 3], but takes " + describe(inputs));
        }
        List<String> outputs = model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
        List<String> expected = List.of(PreparedGraph.SCORE, PreparedGraph.CLASS, PreparedGraph.CONFIDENCE,
                PreparedGraph.FEATURES, PreparedGraph.LOGITS);
        if (!outputs.containsAll(expected)) {
            throw new UnsupportedModelException("the graph must give " + expected + ", but gives " + outputs);
        }
        LinearHead head = HeadFinder.find(model.getGraph(), PreparedGraph.LOGITS).head();
        TensorProto masked = graph.initializer(PreparedGraph.MASKED_WEIGHT).orElseThrow(
                () -> new UnsupportedModelException("the graph must store '" + PreparedGraph.MASKED_WEIGHT + "'"));
        if (!masked.getDimsList().equals(List.of((long) head.classes(), (long) head.features()))) {
            throw new UnsupportedModelException("'" + PreparedGraph.MASKED_WEIGHT + "' must be as large as the head, "
                    + head.classes() + "x" + head.features() + ", but is " + masked.getDimsList());
        }
        return new PreparedModel(GraphPreparation.opset(model), head, head.withWeight(Tensors.reals(masked)));
    }

    private static boolean takes(ValueInfoProto input, InputFormat format) {
        long[] shape = Graph.shape(input);
        return input.getName().equals(PreparedGraph.IMAGES)
                && input.getType().getTensorType().getElemType() == DataType.UINT8.getNumber()
                && Arrays.equals(shape, new long[] {-1, format.height(), format.width(), Normalization.CHANNELS});
    }

    private static List<String> describe(List<ValueInfoProto> inputs) {
        List<String> texts = new ArrayList<>();
        for (ValueInfoProto input : inputs) {
            texts.add("'" + input.getName() + "', " + DataType.forNumber(input.getType().getTensorType().getElemType())
                    + " " + Arrays.toString(Graph.shape(input)).replace("-1", "N"));
        }
        return texts;
    }
}
