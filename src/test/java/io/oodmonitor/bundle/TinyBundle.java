package io.oodmonitor.bundle;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalThreshold;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.onnx.GraphPreparation;
import io.oodmonitor.onnx.HeadFinder;
import io.oodmonitor.onnx.InputFormat;
import io.oodmonitor.onnx.LocatedHead;
import io.oodmonitor.onnx.Normalization;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A bundle of {@link TinyNetwork}, for tests that need one. */
public final class TinyBundle {

    public static final Framing FRAMING =
            Framing.resizeThenCrop(TinyNetwork.SIZE, TinyNetwork.SIZE, TinyNetwork.SIZE, Interpolation.BILINEAR);
    public static final Normalization NORMALIZATION =
            Normalization.rgb(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6));
    public static final List<String> CLASSES = List.of("bolt", "nut", "washer");

    private static final FeatureMean MEAN = new FeatureMean(new double[] {1, 2, 3, 4, 5, 6});

    private TinyBundle() {
    }

    /** DICE at 50%, a threshold from 100 scores. */
    public static BundleContent content() {
        return content(new Dice(50), CLASSES, Optional.of(threshold()));
    }

    /** Any detector that needs no more than the feature mean. */
    public static BundleContent content(Detector detector) {
        return content(detector, CLASSES, Optional.of(threshold()));
    }

    /** Any detector whose scores are as far above those of the others as its biases are. */
    public static BundleContent raised(Detector detector, float biases) {
        return content(raised(TinyNetwork.of(HeadForm.GEMM_TRANSPOSED, 13), biases), detector, CLASSES,
                Optional.of(threshold()));
    }

    private static ModelProto raised(ModelProto model, float by) {
        LocatedHead head = HeadFinder.find(model.getGraph());
        TensorProto.Builder bias = TensorProto.newBuilder().setName(head.bias())
                .setDataType(TensorProto.DataType.FLOAT.getNumber()).addDims(head.head().classes());
        for (float value : head.head().bias()) {
            bias.addFloatData(value + by);
        }
        List<TensorProto> stored = model.getGraph().getInitializerList();
        int index = stored.stream().map(TensorProto::getName).toList().indexOf(head.bias());
        return model.toBuilder().setGraph(model.getGraph().toBuilder().setInitializer(index, bias)).build();
    }

    static BundleContent content(Detector detector, List<String> classes, Optional<FittedThreshold> threshold) {
        return content(TinyNetwork.of(HeadForm.GEMM_TRANSPOSED, 13), detector, classes, threshold);
    }

    private static BundleContent content(ModelProto model, Detector detector, List<String> classes,
            Optional<FittedThreshold> threshold) {
        LocatedHead head = HeadFinder.find(model.getGraph());
        ModelProto graph = GraphPreparation.prepare(model, head,
                new InputFormat(FRAMING.height(), FRAMING.width(), NORMALIZATION),
                detector.fit(head.head(), IdStatistics.of(MEAN)));
        return new BundleContent("tiny", Optional.of("1"), Instant.parse("2026-11-24T00:00:00Z"), "onnxruntime",
                FRAMING, NORMALIZATION, classes, detector, IdStatistics.of(MEAN), head, graph, threshold);
    }

    private static FittedThreshold threshold() {
        double[] scores = IntStream.range(0, 100).mapToDouble(i -> i / 10.0).toArray();
        return new FittedThreshold(ConformalThreshold.of(scores, 0.05).orElseThrow(),
                CalibrationQuantiles.ofScores(scores), OptionalDouble.of(0.97));
    }
}
