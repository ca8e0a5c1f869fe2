package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.List;

/** Logits of a model as it was exported, fed with the real numbers that it asks for. */
final class OriginalLogits {

    private OriginalLogits() {
    }

    /** @param logits tensor of the model, [N, C] but for axes of length 1 */
    static float[][] of(ModelProto model, String logits, InputFormat format, byte[] pixels, int images)
            throws OrtException {
        NetworkInput input = NetworkInput.of(model.getGraph(), format);
        GraphNodes nodes = new GraphNodes();
        GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
        if (input.type() != DataType.FLOAT) {
            List<ValueInfoProto> others = graph.getInputList().stream()
                    .filter(value -> !value.getName().equals(input.name())).toList();
            graph.clearInput().addAllInput(others).addInput(GraphNodes.value("real_images", DataType.FLOAT,
                    input.channelsFirst() ? new Object[] {"N", 3, format.height(), format.width()}
                            : new Object[] {"N", format.height(), format.width(), 3}));
            nodes.before("Cast", input.name(), List.of("real_images"), GraphNodes.type("to", input.type()));
        }
        nodes.after("Flatten", "flat_logits", List.of(logits), GraphNodes.integer("axis", 1));
        nodes.after("Cast", "real_logits", List.of("flat_logits"), GraphNodes.type("to", DataType.FLOAT));
        nodes.insertInto(graph);
        graph.addOutput(GraphNodes.value("real_logits", DataType.FLOAT, "N", "C"));
        float[] reals = normalized(pixels, images, format, input.channelsFirst());
        int together = input.batch() > 0 ? (int) input.batch() : images;
        long[] shape = input.channelsFirst() ? new long[] {together, 3, format.height(), format.width()}
                : new long[] {together, format.height(), format.width(), 3};
        float[][] all = new float[images][];
        try (GraphRun run = new GraphRun(model.toBuilder().setGraph(graph).build())) {
            int values = reals.length / images * together;
            for (int first = 0; first < images; first += together) {
                float[] batch = Arrays.copyOfRange(reals, first / together * values, (first / together + 1) * values);
                float[][] some = (float[][]) run.reals(
                        input.type() == DataType.FLOAT ? input.name() : "real_images", batch, shape).get("real_logits");
                System.arraycopy(some, 0, all, first, together);
            }
        }
        return all;
    }

    /** As the prepared graph does it, rounding included: a product and a sum of floats. */
    private static float[] normalized(byte[] pixels, int images, InputFormat format, boolean channelsFirst) {
        float[] scale = format.normalization().scale();
        float[] shift = format.normalization().shift();
        int area = format.height() * format.width();
        float[] reals = new float[images * area * 3];
        for (int i = 0; i < reals.length; i++) {
            int channel = i % 3;
            int pixel = i / 3;
            float product = (pixels[i] & 0xff) * scale[channel];
            reals[channelsFirst ? (pixel / area * 3 + channel) * area + pixel % area : i] = product + shift[channel];
        }
        return reals;
    }
}
