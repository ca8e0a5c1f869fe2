package io.oodmonitor.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One network, its head written in every form, must become one bundle. */
class HeadFormsFitTest {

    @TempDir
    private Path folder;
    private int bundles;

    @ParameterizedTest
    @EnumSource(HeadForm.class)
    void shouldFitEveryFormOfHeadToTheSameBundle(HeadForm form) throws Exception {
        Bundle bundle = fit(form);
        assertThat(bundle.featureMean().features()).isEqualTo(TinyNetwork.FEATURES);
        assertThat(bundle.fittedThreshold().orElseThrow().threshold().threshold()).isFinite();
        LinearHead usual = TinyNetwork.head(HeadForm.GEMM_TRANSPOSED);
        // A gate before the head makes other features.
        if (form != HeadForm.CONV_AFTER_ACTIVATION && Arrays.equals(TinyNetwork.head(form).weight(),
                usual.weight())) {
            Bundle expected = fit(HeadForm.GEMM_TRANSPOSED);
            assertThat(bundle.featureMean().values()).containsExactly(expected.featureMean().values(), within(1e-6));
            assertThat(bundle.fittedThreshold().orElseThrow().threshold().threshold()).isCloseTo(
                    expected.fittedThreshold().orElseThrow().threshold().threshold(), within(1e-5));
            assertThat(bundle.fittedThreshold().orElseThrow().accuracy())
                    .isEqualTo(expected.fittedThreshold().orElseThrow().accuracy());
        }
    }

    private Bundle fit(HeadForm form) throws IOException {
        Path model = folder.resolve(form + ".onnx");
        ModelFile.write(TinyNetwork.of(form, 17, true, form == HeadForm.THREE_AXES ? 1 : "N"), model);
        FitPlan plan = new FitPlan("tiny", Optional.of("1"), model, TinyBundle.FRAMING, TinyBundle.NORMALIZATION,
                TinyBundle.CLASSES, Detector.parse("dice@50"), Optional.empty(), 0.3, 0.1);
        List<FitImage> images = IntStream.range(0, 100).mapToObj(HeadFormsFitTest::image).toList();
        Fitter fitter = new Fitter(plan, (phase, count) -> { }, Clock.systemUTC());
        return BundleWriter.write(fitter.fit(images).content(), folder.resolve(form + "-" + ++bundles));
    }

    private static FitImage image(int seed) {
        byte[] pixels = new byte[TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
        new Random(seed).nextBytes(pixels);
        return new FitImage(Integer.toString(seed), OptionalInt.of(seed % TinyNetwork.CLASSES),
                () -> new RgbImage(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels));
    }
}
