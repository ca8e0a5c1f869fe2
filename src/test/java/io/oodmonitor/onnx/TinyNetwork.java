package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.oodmonitor.detector.LinearHead;
import java.util.List;
import java.util.Random;

/** A classifier small enough to write down: 4x4 RGB pixels, a 1x1 convolution, a pooling, and a head in some form. */
public final class TinyNetwork {

    public static final int SIZE = 4;
    public static final int FEATURES = 6;
    public static final int CLASSES = 3;

    /** How a linear head, and what follows it, can be written. */
    public enum HeadForm {
        GEMM_TRANSPOSED, GEMM_PLAIN, GEMM_SCALED, GEMM_WITHOUT_BIAS, GEMM_SCALAR_BIAS, MATMUL_ADD, ADD_MATMUL, MATMUL,
        TRANSPOSE_NODE, CONSTANT_NODES, SHARED_WEIGHT, SOFTMAX, LOG_SOFTMAX, RESHAPE, DROPOUT, THREE_AXES,
        HALF
    }

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    private final LinearHead head;

    /** The network's true head, with random weights of a fixed seed. */
    private TinyNetwork(HeadForm form) {
        Random random = new Random(7);
        float[] bias = switch (form) {
            case GEMM_WITHOUT_BIAS, MATMUL -> new float[CLASSES];
            case GEMM_SCALAR_BIAS -> new float[] {0.25f, 0.25f, 0.25f};
            default -> reals(random, CLASSES);
        };
        float[] weight = reals(random, CLASSES * FEATURES);
        head = form == HeadForm.HALF ? new LinearHead(CLASSES, FEATURES, rounded(weight), rounded(bias))
                : new LinearHead(CLASSES, FEATURES, weight, bias);
        constant("conv", reals(random, FEATURES * 3), FEATURES, 3, 1, 1);
    }

    public static LinearHead head(HeadForm form) {
        return new TinyNetwork(form).head;
    }

    public static ModelProto of(HeadForm form, long opset) {
        return of(form, opset, true, "N");
    }

    /** @param batch the first axis of the input: a number, or a text where it is open */
    public static ModelProto of(HeadForm form, long opset, boolean channelsFirst, Object batch) {
        TinyNetwork network = new TinyNetwork(form);
        network.backbone(channelsFirst, batch);
        network.end(form, opset);
        return network.model(opset);
    }

    private void backbone(boolean channelsFirst, Object batch) {
        // Deliberately named as the tensors of a prepared graph are.
        String input = "images";
        if (channelsFirst) {
            graph.addInput(GraphNodes.value(input, DataType.FLOAT, batch, 3, SIZE, SIZE));
        } else {
            graph.addInput(GraphNodes.value(input, DataType.FLOAT, batch, SIZE, SIZE, 3));
            node("Transpose", "nchw", List.of(input), GraphNodes.integers("perm", 0, 3, 1, 2));
            input = "nchw";
        }
        node("Conv", "score", List.of(input, "conv"));
        node("Relu", "relu", List.of("score"));
        node("GlobalAveragePool", "pooled", List.of("relu"));
    }

    private void end(HeadForm form, long opset) {
        if (form == HeadForm.THREE_AXES) {
            // As an export with a fixed batch of one leaves it.
            graph.addInitializer(Tensors.ofIntegers("tokens", 1, 1, FEATURES));
            node("Reshape", "features", List.of("pooled", "tokens"));
        } else {
            node("Flatten", "features", List.of("pooled"), GraphNodes.integer("axis", 1));
        }
        switch (form) {
            case GEMM_TRANSPOSED -> gemm("logits", weight("w", true), true);
            case GEMM_PLAIN -> gemm("logits", weight("w", false), false);
            case GEMM_SCALED -> {
                constant("w", scaled(head.weight(), 2), CLASSES, FEATURES);
                constant("b", scaled(head.bias(), 4), CLASSES);
                node("Gemm", "logits", List.of("features", "w", "b"), GraphNodes.integer("transB", 1),
                        real("alpha", 0.5f), real("beta", 0.25f));
            }
            case GEMM_WITHOUT_BIAS -> node("Gemm", "logits", List.of("features", weight("w", false)));
            case GEMM_SCALAR_BIAS -> {
                constant("b", new float[] {0.25f}, 1);
                node("Gemm", "logits", List.of("features", weight("w", false), "b"));
            }
            case MATMUL -> node("MatMul", "logits", List.of("features", weight("w", false)));
            case MATMUL_ADD, THREE_AXES -> matMulAdd("logits", weight("w", false), false);
            case ADD_MATMUL -> matMulAdd("logits", weight("w", false), true);
            case TRANSPOSE_NODE -> {
                node("Transpose", "turned", List.of(weight("w", true)), GraphNodes.integers("perm", 1, 0));
                matMulAdd("logits", "turned", false);
            }
            case CONSTANT_NODES -> {
                constantNode("w", Tensors.ofReals("", turned(head.weight()), FEATURES, CLASSES));
                constantNode("b", Tensors.ofReals("", head.bias(), CLASSES));
                node("Gemm", "logits", List.of("features", "w", "b"));
            }
            case SHARED_WEIGHT -> {
                node("Identity", "alias", List.of(weight("w", true)));
                gemm("logits", "alias", true);
            }
            case SOFTMAX, LOG_SOFTMAX -> {
                gemm("raw", weight("w", true), true);
                node(form == HeadForm.SOFTMAX ? "Softmax" : "LogSoftmax", "logits", List.of("raw"),
                        GraphNodes.integer("axis", 1));
            }
            case RESHAPE -> {
                gemm("raw", weight("w", true), true);
                graph.addInitializer(Tensors.ofIntegers("shape", -1, CLASSES));
                node("Reshape", "shaped", List.of("raw", "shape"));
                node("Identity", "logits", List.of("shaped"));
            }
            case HALF -> {
                graph.addInitializer(halves("w", head.weight(), CLASSES, FEATURES));
                graph.addInitializer(halves("b", head.bias(), CLASSES));
                node("Cast", "half", List.of("features"), GraphNodes.type("to", DataType.FLOAT16));
                node("Gemm", "raw", List.of("half", "w", "b"), GraphNodes.integer("transB", 1));
                node("Cast", "logits", List.of("raw"), GraphNodes.type("to", DataType.FLOAT));
            }
            case DROPOUT -> {
                node("Dropout", "kept", List.of("features"));
                constant("b", head.bias(), CLASSES);
                node("Gemm", "logits", List.of("kept", weight("w", true), "b"), GraphNodes.integer("transB", 1));
            }
        }
        graph.addOutput(GraphNodes.value("logits", DataType.FLOAT, "N", CLASSES));
    }

    private String weight(String name, boolean transposed) {
        if (transposed) {
            constant(name, head.weight(), CLASSES, FEATURES);
        } else {
            constant(name, turned(head.weight()), FEATURES, CLASSES);
        }
        return name;
    }

    private void gemm(String output, String weight, boolean transposed) {
        constant("b", head.bias(), CLASSES);
        node("Gemm", output, List.of("features", weight, "b"), GraphNodes.integer("transB", transposed ? 1 : 0));
    }

    private void matMulAdd(String output, String weight, boolean biasFirst) {
        constant("b", head.bias(), CLASSES);
        node("MatMul", "product", List.of("features", weight));
        node("Add", output, biasFirst ? List.of("b", "product") : List.of("product", "b"));
    }

    private void constantNode(String name, TensorProto tensor) {
        node("Constant", name, List.of(), AttributeProto.newBuilder().setName("value").setType(AttributeType.TENSOR)
                .setT(tensor).build());
    }

    private void constant(String name, float[] values, long... dims) {
        graph.addInitializer(Tensors.ofReals(name, values, dims));
    }

    private void node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(operator + "_" + output).addAllInput(inputs)
                .addOutput(output).addAllAttribute(List.of(attributes)));
    }

    private ModelProto model(long opset) {
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset)).build();
    }

    private static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value).build();
    }

    private static float[] turned(float[] weight) {
        return new ConstantMatrix("", CLASSES, FEATURES, weight).transposed().values();
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    /** Multiples of 1/8, which float16 holds exactly. */
    private static float[] rounded(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Math.round(values[i] * 8) / 8f;
        }
        return rounded;
    }

    /** Float16 of values that it holds exactly. */
    private static TensorProto halves(String name, float[] values, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT16.getNumber());
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        for (float value : values) {
            int bits = Float.floatToIntBits(value);
            int exponent = (bits >> 23 & 0xff) - 127 + 15;
            tensor.addInt32Data(value == 0 ? 0 : bits >>> 16 & 0x8000 | exponent << 10 | bits >> 13 & 0x3ff);
        }
        return tensor.build();
    }

    private static float[] reals(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
