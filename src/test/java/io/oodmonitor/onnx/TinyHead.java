package io.oodmonitor.onnx;

import static io.oodmonitor.onnx.TinyNetwork.CLASSES;
import static io.oodmonitor.onnx.TinyNetwork.FEATURES;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.util.List;

/** Writes the end of a {@link TinyNetwork} in every form. */
final class TinyHead {

    /** [N, d, height, width]. */
    static final String MAPS = "relu";

    /** [N, d, 1, 1]. */
    static final String POOLED = "pooled";

    private static final String LOGITS = "logits";

    private final GraphDraft draft;
    private final float[] weight;
    private final float[] bias;

    TinyHead(GraphDraft draft, LinearHead head) {
        this.draft = draft;
        weight = head.weight();
        bias = head.bias();
    }

    void add(HeadForm form) {
        if (form == HeadForm.THREE_AXES) {
            // As an export with a fixed batch of one leaves it.
            draft.node("Reshape", "features", List.of(POOLED, draft.integers("tokens", 1, 1, FEATURES)));
        } else if (!form.name().startsWith("CONV")) {
            draft.node("Flatten", "features", List.of(POOLED), GraphNodes.integer("axis", 1));
        }
        if (form.name().startsWith("CONV")) {
            convolution(form);
        } else if (form.isRounded()) {
            rounded(form);
        } else {
            plain(form);
        }
        DataType type = switch (form) {
            case HALF_NETWORK -> DataType.FLOAT16;
            case CAST_TO_DOUBLE -> DataType.DOUBLE;
            case CLASS_ONLY -> DataType.INT64;
            default -> DataType.FLOAT;
        };
        draft.graph.addOutput(form == HeadForm.CLASS_ONLY ? GraphNodes.value(LOGITS, type, "N")
                : GraphNodes.value(LOGITS, type, "N", CLASSES));
    }

    private void plain(HeadForm form) {
        switch (form) {
            case GEMM_TRANSPOSED -> gemm(LOGITS, turnedWeight(), true);
            case GEMM_PLAIN -> gemm(LOGITS, plainWeight(), false);
            case GEMM_SCALED -> draft.node("Gemm", LOGITS, List.of("features",
                    draft.constant("w", times(weight, 2), CLASSES, FEATURES),
                    draft.constant("b", times(bias, 4), CLASSES)), GraphNodes.integer("transB", 1),
                    GraphDraft.real("alpha", 0.5f), GraphDraft.real("beta", 0.25f));
            case GEMM_WITHOUT_BIAS -> draft.node("Gemm", LOGITS, List.of("features", plainWeight()));
            case GEMM_SCALAR_BIAS -> draft.node("Gemm", LOGITS,
                    List.of("features", plainWeight(), draft.constant("b", new float[] {0.25f}, 1)));
            case MATMUL -> draft.node("MatMul", LOGITS, List.of("features", plainWeight()));
            case MATMUL_ADD, THREE_AXES -> draft.node("Add", LOGITS, List.of(product(plainWeight()), bias()));
            case ADD_MATMUL -> draft.node("Add", LOGITS, List.of(bias(), product(plainWeight())));
            case TRANSPOSE_NODE -> draft.node("Add", LOGITS, List.of(product(draft.node("Transpose", "turned",
                    List.of(turnedWeight()), GraphNodes.integers("perm", 1, 0))), bias()));
            case CONSTANT_NODES -> draft.node("Gemm", LOGITS, List.of("features",
                    constantNode("w", Tensors.ofReals("", turned(weight), FEATURES, CLASSES)),
                    constantNode("b", Tensors.ofReals("", bias, CLASSES))));
            case SHARED_WEIGHT -> gemm(LOGITS, draft.node("Identity", "alias", List.of(turnedWeight())), true);
            case SOFTMAX -> draft.node("Softmax", LOGITS, List.of(gemm("raw", turnedWeight(), true)),
                    GraphNodes.integer("axis", 1));
            case LOG_SOFTMAX -> draft.node("LogSoftmax", LOGITS, List.of(gemm("raw", turnedWeight(), true)),
                    GraphNodes.integer("axis", 1));
            case RESHAPE -> draft.node("Identity", LOGITS, List.of(draft.node("Reshape", "shaped",
                    List.of(gemm("raw", turnedWeight(), true), draft.integers("shape", -1, CLASSES)))));
            case DROPOUT -> {
                draft.node("Dropout", "kept", List.of("features"));
                draft.node("Gemm", LOGITS, List.of("kept", turnedWeight(), bias()), GraphNodes.integer("transB", 1));
            }
            case DROPOUT_WITH_RATIO -> {
                draft.node("Dropout", "kept", List.of("features", draft.constant("ratio", new float[] {0.5f})));
                draft.node("Gemm", LOGITS, List.of("kept", turnedWeight(), bias()), GraphNodes.integer("transB", 1));
            }
            case SPLIT_BIAS -> {
                float[] rest = bias.clone();
                for (int c = 0; c < CLASSES; c++) {
                    rest[c] -= 0.25f * c;
                }
                draft.node("Add", "half_way", List.of(product(plainWeight()), draft.constant("b1", rest, 1, CLASSES)));
                draft.node("Add", LOGITS, List.of(draft.constant("b2", new float[] {0, 0.25f, 0.5f}, CLASSES),
                        "half_way"));
            }
            case NEGATED -> {
                // c - (-W h - b + c) for a constant c.
                draft.node("Neg", "opposite", List.of(gemm("raw", turnedWeight(), true)));
                draft.node("Sub", "shifted", List.of("opposite", draft.constant("minus", new float[] {0.5f})));
                draft.node("Sub", LOGITS, List.of(draft.constant("from", new float[] {-0.5f}), "shifted"));
            }
            case TEMPERATURE_DIV -> draft.node("Softmax", LOGITS, List.of(draft.node("Div", "cooled",
                    List.of(fourfold(), draft.constant("temperature", new float[] {4})))),
                    GraphNodes.integer("axis", 1));
            case TEMPERATURE_MUL -> draft.node("Mul", LOGITS,
                    List.of(draft.constant("factor", new float[] {0.25f}, 1), fourfold()));
            case LITERAL_SCALE -> {
                draft.node("Constant", "factor", List.of(), GraphDraft.real("value_float", 0.25f));
                draft.node("Mul", LOGITS, List.of(fourfold(), "factor"));
            }
            case SCALE_PER_CLASS -> {
                float[] divided = weight.clone();
                float[] factors = {2, 0.5f, 4};
                for (int i = 0; i < divided.length; i++) {
                    divided[i] /= factors[i / FEATURES];
                }
                draft.node("Mul", "scaled", List.of(product(draft.constant("w", turned(divided), FEATURES, CLASSES)),
                        draft.constant("factors", factors, CLASSES)));
                draft.node("Add", LOGITS, List.of("scaled", bias()));
            }
            case CAST_TO_DOUBLE -> draft.node("Cast", LOGITS, List.of(gemm("raw", turnedWeight(), true)),
                    GraphNodes.type("to", DataType.DOUBLE));
            case CLASS_ONLY -> draft.node("ArgMax", LOGITS, List.of(gemm("raw", turnedWeight(), true)),
                    GraphNodes.integer("axis", 1), GraphNodes.integer("keepdims", 0));
            default -> throw new AssertionError(form);
        }
    }

    private void convolution(HeadForm form) {
        String kernel = draft.constant("w", weight, CLASSES, FEATURES, 1, 1);
        switch (form) {
            case CONV_FLATTEN, CONV_AFTER_WINDOW -> draft.node("Flatten", LOGITS, List.of(
                    draft.node("Conv", "raw", List.of(POOLED, kernel, bias()))), GraphNodes.integer("axis", 1));
            case CONV_SQUEEZE -> draft.squeeze(LOGITS, draft.node("Conv", "raw", List.of(POOLED, kernel)));
            case CONV_RESHAPE -> draft.node("Reshape", LOGITS, List.of(draft.node("Add", "biased", List.of(
                    draft.node("Conv", "raw", List.of(POOLED, kernel)), draft.constant("b", bias, 1, CLASSES, 1, 1))),
                    draft.integers("shape", -1, CLASSES)));
            case CONV_AFTER_ACTIVATION -> {
                // As in MobileNetV3: a gate between pooling and head.
                draft.node("Sigmoid", "gate", List.of(POOLED));
                draft.node("Mul", "gated", List.of(POOLED, "gate"));
                draft.squeeze(LOGITS, draft.node("Conv", "raw", List.of("gated", kernel, bias())));
            }
            case CONV_UNSQUEEZED -> {
                draft.node("Flatten", "vector", List.of(POOLED), GraphNodes.integer("axis", 1));
                draft.squeeze(LOGITS, draft.node("Conv", "raw", List.of(
                        draft.unsqueeze("maps", "vector"), kernel, bias())));
            }
            case CONV_THEN_POOL -> draft.node("Flatten", LOGITS, List.of(draft.node("GlobalAveragePool", "raw",
                    List.of(draft.node("Conv", "maps", List.of(MAPS, kernel, bias()))))),
                    GraphNodes.integer("axis", 1));
            case CONV_THEN_MEAN -> draft.mean(LOGITS, draft.node("Conv", "maps", List.of(MAPS, kernel, bias())));
            default -> throw new AssertionError(form);
        }
    }

    private void rounded(HeadForm form) {
        switch (form) {
            case HALF -> {
                draft.node("Cast", "half", List.of("features"), GraphNodes.type("to", DataType.FLOAT16));
                draft.node("Cast", LOGITS, List.of(halfGemm("raw", "half")), GraphNodes.type("to", DataType.FLOAT));
            }
            case HALF_NETWORK -> halfGemm(LOGITS, "features");
            case HALF_WEIGHTS -> {
                draft.node("Cast", "w", List.of(draft.halves("stored_w", weight, CLASSES, FEATURES)),
                        GraphNodes.type("to", DataType.FLOAT));
                draft.node("Cast", "b", List.of(draft.halves("stored_b", bias, CLASSES)),
                        GraphNodes.type("to", DataType.FLOAT));
                draft.node("Gemm", LOGITS, List.of("features", "w", "b"), GraphNodes.integer("transB", 1));
            }
            case QUANTISED_WEIGHT -> gemm(LOGITS, dequantised(), true);
            case QUANTISED_LOGITS -> {
                gemm("raw", dequantised(), true);
                List<String> grid = List.of(draft.constant("step", new float[] {0.125f}),
                        draft.bytes("middle", new int[] {100}));
                draft.node("QuantizeLinear", "levels", List.of("raw", grid.get(0), grid.get(1)));
                draft.node("DequantizeLinear", LOGITS, List.of("levels", grid.get(0), grid.get(1)));
            }
            default -> throw new AssertionError(form);
        }
    }

    private String dequantised() {
        int[] levels = new int[weight.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = 128 + Math.round(weight[i] * 8);
        }
        return draft.node("DequantizeLinear", "w", List.of(draft.bytes("stored_w", levels, CLASSES, FEATURES),
                draft.constant("w_step", new float[] {0.125f}), draft.bytes("w_middle", new int[] {128})));
    }

    private String halfGemm(String output, String features) {
        return draft.node("Gemm", output, List.of(features, draft.halves("w", weight, CLASSES, FEATURES),
                draft.halves("b", bias, CLASSES)), GraphNodes.integer("transB", 1));
    }

    private String fourfold() {
        return draft.node("Gemm", "raw", List.of("features",
                draft.constant("w", times(weight, 4), CLASSES, FEATURES),
                draft.constant("b", times(bias, 4), CLASSES)), GraphNodes.integer("transB", 1));
    }

    private String turnedWeight() {
        return draft.constant("w", weight, CLASSES, FEATURES);
    }

    private String plainWeight() {
        return draft.constant("w", turned(weight), FEATURES, CLASSES);
    }

    private String bias() {
        return draft.constant("b", bias, CLASSES);
    }

    private String gemm(String output, String weightName, boolean transposed) {
        return draft.node("Gemm", output, List.of("features", weightName, bias()),
                GraphNodes.integer("transB", transposed ? 1 : 0));
    }

    private String product(String weightName) {
        return draft.node("MatMul", "product", List.of("features", weightName));
    }

    private String constantNode(String name, TensorProto tensor) {
        return draft.node("Constant", name, List.of(), AttributeProto.newBuilder().setName("value")
                .setType(AttributeType.TENSOR).setT(tensor).build());
    }

    private static float[] turned(float[] weight) {
        return new ConstantMatrix("", CLASSES, FEATURES, weight).transposed().values();
    }

    private static float[] times(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
