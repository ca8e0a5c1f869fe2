package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.oodmonitor.detector.LinearHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a prepared graph holds.
 *
 * @param opset version of the standard operators that it uses
 * @param head the original head
 * @param detector name of the detector whose score it gives, empty where it does not say
 * @param masked the weight of the head that the score is made with, row-major C x d, where a mask makes it; else empty
 */
public record PreparedModel(long opset, LinearHead head, Optional<String> detector, Optional<float[]> masked) {

    private static final String DETECTOR = "ood.detector";


    /** @throws UnsupportedModelException if the graph is no prepared one for this input */
    public static PreparedModel of(ModelProto model, InputFormat format) {
        return Contradiction.refused(() -> read(model, format));
    }

    private static PreparedModel read(ModelProto model, InputFormat format) {
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
        return new PreparedModel(GraphPreparation.opset(model), head, detector(model),
                graph.initializer(PreparedGraph.MASKED_WEIGHT).map(stored -> weight(stored, head)));
    }

    /** The same graph, saying which detector it scores by. */
    public static ModelProto labelled(ModelProto model, String detector) {
        return model.toBuilder()
                .addMetadataProps(StringStringEntryProto.newBuilder().setKey(DETECTOR).setValue(detector)).build();
    }

    private static Optional<String> detector(ModelProto model) {
        return model.getMetadataPropsList().stream().filter(entry -> entry.getKey().equals(DETECTOR))
                .map(StringStringEntryProto::getValue).findFirst();
    }

    private static float[] weight(TensorProto stored, LinearHead head) {
        if (!stored.getDimsList().equals(List.of((long) head.classes(), (long) head.features()))) {
            throw new UnsupportedModelException("'" + PreparedGraph.MASKED_WEIGHT + "' must be as large as the head, "
                    + head.classes() + "x" + head.features() + ", but is " + stored.getDimsList());
        }
        return Tensors.reals(stored);
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
