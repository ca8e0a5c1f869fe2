package io.oodmonitor.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.inference.Samples;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        assertThat(bundle.features()).isEqualTo(TinyNetwork.FEATURES);
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

    private Bundle fit(HeadForm form) throws Exception {
        Path model = folder.resolve(form + ".onnx");
        ModelFile.write(TinyNetwork.of(form, 17, true, form == HeadForm.THREE_AXES ? 1 : "N"), model);
        FitPlan plan = new FitPlan("tiny", Optional.of("1"),
                Classifier.of(model, TinyBundle.FRAMING, TinyBundle.NORMALIZATION), TinyBundle.CLASSES,
                Optional.empty(), Detector.parse("dice@50"), Optional.empty(), 0.3, 0.1, 20, 0);
        Fitter fitter = new Fitter(plan, (phase, count) -> { }, Clock.systemUTC());
        return BundleWriter.write(fitter.fit(new Images()).content(), folder.resolve(form + "-" + ++bundles));
    }

    /** A hundred, random. */
    private static final class Images implements Samples {

        @Override
        public Stream<Sample> open() {
            return IntStream.range(0, (int) size()).mapToObj(seed -> {
                byte[] pixels = new byte[TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
                new Random(seed).nextBytes(pixels);
                return new Sample(Integer.toString(seed), Optional.empty(),
                        OptionalInt.of(seed % TinyNetwork.CLASSES),
                        new Payload.Rgb8(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels));
            });
        }

        @Override
        public long size() {
            return 100;
        }
    }
}
