package io.oodmonitor.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.fuzz.Allowance;
import io.oodmonitor.fuzz.InputFile;
import java.io.IOException;
import java.util.List;

/**
 * ONNX files, as fit takes them and as a bundle holds them: a classifier with its head, or an
 * {@link UnsupportedModelException}.
 */
public final class OnnxFuzz {

    private static final InputFile FILE = new InputFile("model.onnx");
    private static final Allowance ALLOWANCE =
            Allowance.mebibytes(128, UnsupportedModelException.class, IOException.class);
    private static final InputFormat FORMAT = new InputFormat(TinyNetwork.SIZE, TinyNetwork.SIZE,
            Normalization.rgb(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6)));

    private OnnxFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        ALLOWANCE.check(() -> prepare(ModelFile.read(FILE.of(input))));
        ALLOWANCE.check(() -> PreparedModel.of(ModelFile.read(FILE.of(input)), FORMAT));
    }

    private static void prepare(ModelProto model) {
        LocatedHead head = HeadFinder.find(model.getGraph());
        IdStatistics statistics = IdStatistics.of(new FeatureMean(new double[head.head().features()]));
        GraphPreparation.prepare(model, head, FORMAT, new Energy().fit(head.head(), statistics));
    }
}
