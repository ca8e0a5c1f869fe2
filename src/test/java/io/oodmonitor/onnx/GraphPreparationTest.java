package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtLoraAdapter;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.HeadEnergy;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.detector.Scorer;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphPreparationTest {

    private static final int IMAGES = 5;
    private static final FeatureMean MEAN = new FeatureMean(new double[] {1, 2, 3, 4, 5, 6});
    private static final InputFormat RGB = new InputFormat(TinyNetwork.SIZE, TinyNetwork.SIZE,
            Normalization.rgb(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6)));

    static Stream<Arguments> formsAndOpsets() {
        return Stream.of(HeadForm.values()).flatMap(form -> LongStream.of(form.since(), 11, 13, 18, 21, 23)
                .filter(opset -> opset >= form.since()).distinct().mapToObj(opset -> Arguments.of(form, opset)));
    }

    @ParameterizedTest
    @MethodSource("formsAndOpsets")
    void shouldScoreEveryFormOfHeadInEveryOpset(HeadForm form, long opset) throws Exception {
        ModelProto model = TinyNetwork.of(form, opset, true, form == HeadForm.THREE_AXES ? 1 : "N");
        LinearHead truth = TinyNetwork.head(form);
        LocatedHead head = HeadFinder.find(model.getGraph());
        assertThat(head.head().weight()).containsExactly(truth.weight(), within(1e-7f));
        assertThat(head.head().bias()).containsExactly(truth.bias(), within(2e-7f));

        // Eighths are the steps of the quantised logits.
        double rounding = form.isHalf() ? 1e-2 : form == HeadForm.QUANTISED_LOGITS ? 0.0626 : 1e-5;
        HeadEnergy dice = dice(truth);
        try (GraphRun run = new GraphRun(GraphPreparation.prepare(model, head, RGB, scorer(truth)))) {
            Map<String, Object> outputs = run.images(pixels(), IMAGES, TinyNetwork.SIZE, TinyNetwork.SIZE);
            float[][] features = (float[][]) outputs.get(PreparedGraph.FEATURES);
            float[][] logits = (float[][]) outputs.get(PreparedGraph.LOGITS);
            assertThat(features).hasDimensions(IMAGES, TinyNetwork.FEATURES);
            assertThat(logits).isDeepEqualTo(OriginalLogits.of(model, head.logits(), RGB, pixels(), IMAGES));
            for (int i = 0; i < IMAGES; i++) {
                double[] expected = HeadEnergy.logits(truth, features[i]);
                int predicted = argMax(logits[i]);
                assertThat(((long[]) outputs.get(PreparedGraph.CLASS))[i]).isEqualTo(predicted);
                assertThat((double) ((float[]) outputs.get(PreparedGraph.CONFIDENCE))[i])
                        .isCloseTo(softmax(expected, predicted), within(rounding));
                assertThat((double) ((float[]) outputs.get(PreparedGraph.SCORE))[i])
                        .isCloseTo(dice.score(features[i]), within(1e-5));
                for (int c = 0; c < TinyNetwork.CLASSES; c++) {
                    assertThat((double) logits[i][c]).isCloseTo(expected[c], within(rounding));
                }
            }
        }
    }

    @Test
    void shouldTakeRowsOfPixelsInWhateverLayoutAndColourOrder() throws Exception {
        byte[] pixels = pixels();
        float[] expected = scores(TinyNetwork.of(HeadForm.MATMUL_ADD, 13), RGB, pixels);
        ModelProto channelsLast = TinyNetwork.of(HeadForm.MATMUL_ADD, 13, false, "N");
        assertThat(scores(channelsLast, RGB, pixels)).containsExactly(expected, within(1e-5f));

        byte[] swapped = pixels.clone();
        for (int i = 0; i < swapped.length; i += 3) {
            swapped[i] = pixels[i + 2];
            swapped[i + 2] = pixels[i];
        }
        InputFormat bgr = new InputFormat(RGB.height(), RGB.width(), new Normalization(
                RGB.normalization().mean(), RGB.normalization().std(), ChannelOrder.BGR));
        assertThat(scores(TinyNetwork.of(HeadForm.MATMUL_ADD, 13), bgr, swapped)).containsExactly(expected, within(0f));
    }

    @Test
    void shouldScoreWithAnotherMaskWithoutANewSession() throws Exception {
        ModelProto model = TinyNetwork.of(HeadForm.GEMM_TRANSPOSED, 13);
        LocatedHead head = HeadFinder.find(model.getGraph());
        HeadEnergy dice = dice(head.head());
        HeadEnergy energy = new HeadEnergy(head.head());
        try (GraphRun run = new GraphRun(GraphPreparation.prepare(model, head, RGB, scorer(head.head())));
                OrtLoraAdapter adapter = OrtLoraAdapter.create(MaskedWeightAdapter.encode(energy.head()));
                OrtSession.RunOptions asStored = new OrtSession.RunOptions();
                OrtSession.RunOptions replaced = new OrtSession.RunOptions()) {
            replaced.addActiveLoraAdapter(adapter);
            for (HeadEnergy scorer : List.of(dice, energy, dice)) {
                Map<String, Object> outputs = run.images(
                        pixels(), IMAGES, TinyNetwork.SIZE, TinyNetwork.SIZE, scorer == energy ? replaced : asStored);
                float[][] features = (float[][]) outputs.get(PreparedGraph.FEATURES);
                for (int i = 0; i < IMAGES; i++) {
                    assertThat((double) ((float[]) outputs.get(PreparedGraph.SCORE))[i])
                            .isCloseTo(scorer.score(features[i]), within(1e-5));
                    assertThat(dice.score(features[i])).isNotCloseTo(energy.score(features[i]), within(1e-3));
                }
            }
        }
    }

    @Test
    void shouldStayFiniteWhereExpOverflows() throws Exception {
        for (long opset : new long[] {9, 13, 18}) {
            ModelProto model = TinyNetwork.of(HeadForm.GEMM_TRANSPOSED, opset);
            LocatedHead head = HeadFinder.find(model.getGraph());
            for (float logit : new float[] {5000, -5000}) {
                HeadEnergy constant = new HeadEnergy(new LinearHead(TinyNetwork.CLASSES, TinyNetwork.FEATURES,
                        new float[TinyNetwork.CLASSES * TinyNetwork.FEATURES], new float[] {logit, logit, logit - 1}));
                try (GraphRun run = new GraphRun(GraphPreparation.prepare(
                        model, head, RGB, new Energy().fit(constant.head(), null)))) {
                    float[] scores = (float[]) run.images(pixels(), IMAGES, TinyNetwork.SIZE, TinyNetwork.SIZE)
                            .get(PreparedGraph.SCORE);
                    assertThat((double) scores[0])
                            .isCloseTo(constant.score(new float[TinyNetwork.FEATURES]), within(1e-3));
                }
            }
        }
    }

    @Test
    void shouldHoldNothingButWhatItsOutputsNeed() throws Exception {
        ModelProto model = TinyNetwork.of(HeadForm.SOFTMAX, 13);
        ModelProto prepared = GraphPreparation.prepare(
                model, HeadFinder.find(model.getGraph()), RGB, scorer(TinyNetwork.head(HeadForm.SOFTMAX)));
        assertThat(prepared.getGraph().getNodeList().stream().filter(node -> node.getOpType().equals("Softmax")))
                .hasSize(1);
        assertThat(prepared.getGraph().getInitializerList()).noneMatch(tensor -> tensor.getName().equals("ood_axes"));
        try (GraphRun run = new GraphRun(prepared)) {
            assertThat(run.inputNames()).containsExactly(PreparedGraph.IMAGES);
            assertThat(run.outputNames()).containsExactly(PreparedGraph.SCORE, PreparedGraph.CLASS,
                    PreparedGraph.CONFIDENCE, PreparedGraph.FEATURES, PreparedGraph.LOGITS);
        }
        // Its own head is found again, so a bundle needs no copy of it.
        LocatedHead again = HeadFinder.find(prepared.getGraph(), PreparedGraph.LOGITS);
        assertThat(again.head().weight()).containsExactly(TinyNetwork.head(HeadForm.SOFTMAX).weight());
    }

    @Test
    void shouldTakeModelsThatListInitializersAsInputs() throws Exception {
        ModelProto model = TinyNetwork.of(HeadForm.GEMM_TRANSPOSED, 9);
        ModelProto.Builder old = model.toBuilder().setIrVersion(3);
        model.getGraph().getInitializerList().forEach(tensor -> old.getGraphBuilder().addInput(
                GraphNodes.value(tensor.getName(), DataType.FLOAT, tensor.getDimsList().toArray())));
        assertThat(scores(old.build(), RGB, pixels())).containsExactly(scores(model, RGB, pixels()), within(0f));
    }

    @Test
    void shouldRefuseInputsOfAnotherKind() {
        ModelProto model = TinyNetwork.of(HeadForm.GEMM_PLAIN, 13);
        InputFormat large = new InputFormat(32, 16, RGB.normalization());
        assertThatThrownBy(() -> scores(model, large, pixels())).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("input 'images' must take RGB images of 32x16 as [N, 3, height, width] or"
                        + " [N, height, width, 3], but is [any, 3, 4, 4]: images must come at 4x4");
        ModelProto.Builder two = model.toBuilder();
        two.getGraphBuilder().addInput(GraphNodes.value("extra", DataType.FLOAT, 1));
        assertThatThrownBy(() -> scores(two.build(), RGB, pixels())).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("the model must have one input, but has ['images', 'extra']");
        assertThatThrownBy(() -> scores(TinyNetwork.of(HeadForm.GEMM_PLAIN, 8), RGB, pixels()))
                .hasMessage("the model must use operator set 9 or later, but uses 8");
    }

    @Test
    void shouldSayWhatItSawWhereThereIsNoHead() {
        ModelProto.Builder model = TinyNetwork.of(HeadForm.SOFTMAX, 13).toBuilder();
        model.getGraphBuilder().getNodeBuilderList().forEach(node -> {
            if (node.getOpType().equals("Gemm")) {
                node.setOpType("Sigmoid").setName("gate");
            }
        });
        assertThatThrownBy(() -> HeadFinder.find(model.build().getGraph()))
                .isInstanceOf(UnsupportedModelException.class).hasMessage(
                        "the model must end in a linear head (Gemm, MatMul and Add, or Conv of 1x1 on pooled"
                                + " features, with constant weights), but"
                                + " output 'logits' comes from Softmax 'Softmax_logits' after Sigmoid 'gate'");
    }

    private static float[] scores(ModelProto model, InputFormat format, byte[] pixels) throws Exception {
        LocatedHead head = HeadFinder.find(model.getGraph());
        try (GraphRun run = new GraphRun(GraphPreparation.prepare(model, head, format, scorer(head.head())))) {
            return (float[]) run.images(pixels, IMAGES, format.height(), format.width()).get(PreparedGraph.SCORE);
        }
    }

    private static HeadEnergy dice(LinearHead head) {
        return HeadEnergy.of(new Dice(50), head, MEAN);
    }

    private static Scorer scorer(LinearHead head) {
        return new Dice(50).fit(head, IdStatistics.of(MEAN));
    }

    private static byte[] pixels() {
        byte[] pixels = new byte[IMAGES * TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
        new Random(1).nextBytes(pixels);
        return pixels;
    }

    private static int argMax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static double softmax(double[] logits, int c) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - logits[c]);
        }
        return 1 / sum;
    }
}
