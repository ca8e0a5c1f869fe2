package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
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
        GEMM_TRANSPOSED, GEMM_PLAIN, GEMM_SCALED, GEMM_WITHOUT_BIAS(11), GEMM_SCALAR_BIAS, MATMUL_ADD, ADD_MATMUL,
        MATMUL, TRANSPOSE_NODE, CONSTANT_NODES, SHARED_WEIGHT, SOFTMAX, LOG_SOFTMAX, RESHAPE, DROPOUT, THREE_AXES,
        CONV_FLATTEN, CONV_SQUEEZE, CONV_RESHAPE, CONV_AFTER_ACTIVATION, CONV_AFTER_WINDOW, CONV_UNSQUEEZED,
        CONV_THEN_POOL, CONV_THEN_MEAN, SPLIT_BIAS, NEGATED, TEMPERATURE_DIV, TEMPERATURE_MUL, SCALE_PER_CLASS, LITERAL_SCALE(12),
        DROPOUT_WITH_RATIO(12), CAST_TO_DOUBLE, CLASS_ONLY, QUANTISED_WEIGHT(10), QUANTISED_LOGITS(10), HALF,
        HALF_WEIGHTS, HALF_NETWORK;

        private final long since;

        HeadForm() {
            this(9);
        }

        HeadForm(long since) {
            this.since = since;
        }

        /** The first operator set that it can be written in. */
        public long since() {
            return since;
        }

        /** Whether some of its arithmetic has 11 bits. */
        public boolean isHalf() {
            return this == HALF || this == HALF_NETWORK;
        }

        boolean isRounded() {
            return name().startsWith("HALF") || name().startsWith("QUANTISED");
        }
    }

    private final GraphDraft draft;
    private final LinearHead head;
    private final float[] kernel;

    /** The network's true head, with random weights of a fixed seed. */
    private TinyNetwork(HeadForm form, long opset) {
        draft = new GraphDraft(opset);
        Random random = new Random(7);
        float[] bias = switch (form) {
            case GEMM_WITHOUT_BIAS, MATMUL, CONV_SQUEEZE -> new float[CLASSES];
            case GEMM_SCALAR_BIAS -> new float[] {0.25f, 0.25f, 0.25f};
            default -> reals(random, CLASSES);
        };
        float[] weight = reals(random, CLASSES * FEATURES);
        kernel = form.isRounded() ? rounded(reals(random, FEATURES * 3)) : reals(random, FEATURES * 3);
        head = form.isRounded() ? new LinearHead(CLASSES, FEATURES, rounded(weight), rounded(bias))
                : new LinearHead(CLASSES, FEATURES, weight, bias);
    }

    public static LinearHead head(HeadForm form) {
        return new TinyNetwork(form, form.since()).head;
    }

    public static ModelProto of(HeadForm form, long opset) {
        return of(form, opset, true, "N");
    }

    /** @param batch the first axis of the input: a number, or a text where it is open */
    public static ModelProto of(HeadForm form, long opset, boolean channelsFirst, Object batch) {
        TinyNetwork network = new TinyNetwork(form, opset);
        network.backbone(form, channelsFirst, batch);
        new TinyHead(network.draft, network.head).add(form);
        return network.draft.model();
    }

    private void backbone(HeadForm form, boolean channelsFirst, Object batch) {
        DataType type = form == HeadForm.HALF_NETWORK ? DataType.FLOAT16 : DataType.FLOAT;
        // Deliberately named as the tensors of a prepared graph are.
        String input = "images";
        if (channelsFirst) {
            draft.graph.addInput(GraphNodes.value(input, type, batch, 3, SIZE, SIZE));
        } else {
            draft.graph.addInput(GraphNodes.value(input, type, batch, SIZE, SIZE, 3));
            input = draft.node("Transpose", "nchw", List.of(input), GraphNodes.integers("perm", 0, 3, 1, 2));
        }
        String weight = form == HeadForm.HALF_NETWORK ? draft.halves("conv", kernel, FEATURES, 3, 1, 1)
                : draft.constant("conv", kernel, FEATURES, 3, 1, 1);
        draft.node("Conv", "score", List.of(input, weight));
        draft.node("Relu", TinyHead.MAPS, List.of("score"));
        if (form == HeadForm.CONV_AFTER_WINDOW) {
            draft.node("AveragePool", TinyHead.POOLED, List.of(TinyHead.MAPS),
                    GraphNodes.integers("kernel_shape", SIZE, SIZE));
        } else {
            draft.node("GlobalAveragePool", TinyHead.POOLED, List.of(TinyHead.MAPS));
        }
    }

    /** Multiples of 1/8, which float16 holds exactly. */
    private static float[] rounded(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Math.round(values[i] * 8) / 8f;
        }
        return rounded;
    }

    private static float[] reals(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
