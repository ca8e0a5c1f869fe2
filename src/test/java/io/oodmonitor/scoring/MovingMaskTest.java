package io.oodmonitor.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.HeadEnergy;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.scoring.device.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Masks replaced in ONNX Runtime while it runs. */
@Timeout(60)
class MovingMaskTest {

    /** A feature that turns negative turns its weights' contributions over. */
    private static final double[][] MEANS = {{-1, 1, 1, 1, 1, 1}, {1, 1, -1, -1, 1, 1}, {-1, -1, -1, -1, -1, -1}};

    @TempDir
    private Path folder;
    private Bundle bundle;

    @BeforeEach
    void bundle() {
        bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
    }

    private static ScoringEngine engine(Network network) {
        return new ScoringEngine(network, TinyBundle.FRAMING,
                new EngineSettings(4, Duration.ofMillis(1), 2, 2, 1, 1 << 20, BatchShapes.EXACT, ImageLimits.DEFAULT));
    }

    private static RgbImage image(Random random) {
        byte[] pixels = new byte[TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
        random.nextBytes(pixels);
        return new RgbImage(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels);
    }

    private static Score score(ScoringEngine engine, RgbImage image) throws Exception {
        return engine.submit(decoder -> image, 48).get(10, TimeUnit.SECONDS);
    }

    private static double expected(Mask mask, Score score) {
        return new HeadEnergy(mask.head()).score(score.features());
    }

    @Test
    void shouldScoreEveryImageWithTheMaskThatItsScoreNamesWhileMasksAreReplaced() throws Exception {
        OnnxNetwork network = OnnxNetwork.withFeatures(bundle, SessionSettings.cpu(1));
        MovingMask moving = new MovingMask(bundle, List.of(network));
        List<Mask> masks = new ArrayList<>(List.of(moving.fitted()));
        for (double[] mean : MEANS) {
            Mask mask = moving.at(masks.size(), mean);
            assertThat(masks).noneMatch(mask::scoresLike);
            masks.add(mask);
        }
        Queue<Score> scores = new ConcurrentLinkedQueue<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (ScoringEngine engine = engine(network)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                Random random = new Random(t);
                Thread thread = new Thread(() -> {
                    try {
                        for (int i = 0; i < 200; i++) {
                            List<CompletableFuture<Score>> futures = new ArrayList<>();
                            for (int k = 0; k < 10; k++) {
                                RgbImage image = image(random);
                                futures.add(engine.submit(decoder -> image, 48));
                            }
                            for (CompletableFuture<Score> future : futures) {
                                scores.add(future.get(10, TimeUnit.SECONDS));
                            }
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            Random random = new Random(9);
            while (threads.stream().anyMatch(Thread::isAlive)) {
                moving.use(masks.get(random.nextInt(masks.size())));
            }
        }
        assertThat(failures).isEmpty();
        assertThat(scores).hasSize(4_000);
        for (Score score : scores) {
            assertThat((double) score.score()).isCloseTo(expected(masks.get(score.maskVersion()), score), within(1e-5));
        }
        assertThat(scores.stream().map(Score::maskVersion).collect(Collectors.toSet())).containsExactly(0, 1, 2, 3);
    }

    @Test
    void shouldScoreFeaturesAloneAsTheNetworkDoes() throws Exception {
        OnnxNetwork network = OnnxNetwork.withFeatures(bundle, SessionSettings.cpu(1));
        MovingMask moving = new MovingMask(bundle, List.of(network));
        try (ScoringEngine engine = engine(network)) {
            Random random = new Random(3);
            for (int i = 0; i < MEANS.length; i++) {
                Mask mask = moving.at(i + 1, MEANS[i]);
                assertThat(mask.scoresLike(moving.fitted())).isFalse();
                moving.use(mask);
                Score score = score(engine, image(random));
                assertThat(score.maskVersion()).isEqualTo(i + 1);
                try (FeatureScorer scorer = new FeatureScorer(mask)) {
                    assertThat(scorer.score(score.features())).isCloseTo(score.score(), within(1e-5f));
                }
            }
            moving.use(moving.fitted());
            Score score = score(engine, image(random));
            assertThat(score.maskVersion()).isZero();
            assertThat((double) score.score()).isCloseTo(expected(moving.fitted(), score), within(1e-5));
        }
    }

    @Test
    void shouldKeepTheClipOfReactWhenTheMaskMoves() throws Exception {
        Bundle clipped = BundleWriter.write(TinyBundle.content(Detector.parse("dice@50+react@clip=0.4")),
                folder.resolve("clipped"));
        OnnxNetwork network = OnnxNetwork.withFeatures(clipped, SessionSettings.cpu(1));
        MovingMask moving = new MovingMask(clipped, List.of(network));
        try (ScoringEngine engine = engine(network)) {
            Mask mask = moving.at(1, MEANS[0]);
            moving.use(mask);
            Random random = new Random(4);
            int cut = 0;
            for (int i = 0; i < 20; i++) {
                Score score = score(engine, image(random));
                float[] h = score.features().clone();
                for (int j = 0; j < h.length; j++) {
                    cut += h[j] > 0.4f ? 1 : 0;
                    h[j] = Math.min(h[j], 0.4f);
                }
                assertThat((double) score.score()).isCloseTo(new HeadEnergy(mask.head()).score(h), within(1e-5));
            }
            assertThat(cut).isPositive();
        }
    }

    @Test
    void shouldSayThatAMaskIsTheSameWhereTheMeanMovesWithoutIt() throws Exception {
        try (OnnxNetwork network = OnnxNetwork.withFeatures(bundle, SessionSettings.cpu(1))) {
            MovingMask moving = new MovingMask(bundle, List.of(network));
            assertThat(moving.at(1, new double[] {2, 4, 6, 8, 10, 12}).scoresLike(moving.fitted())).isTrue();
            assertThatThrownBy(() -> moving.at(1, new double[5]))
                    .hasMessage("the feature mean holds 5 values, but the head takes 6 features");
        }
    }
}
