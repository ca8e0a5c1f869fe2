package io.oodmonitor.detector.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsAccumulatorTest {

    private static final int FEATURES = 4;
    private static final int CLASSES = 3;

    private record Image(float[] h, int label, long key) {
    }

    @Test
    void shouldSumInDoublePrecision() {
        StatisticsAccumulator accumulator = new StatisticsAccumulator(1, 1, 1);
        accumulator.add(new float[] {1e8f}, 0, 0);
        for (int i = 0; i < 3; i++) {
            accumulator.add(new float[] {1}, 0, i);
        }
        // In float the ones would vanish beside 1e8.
        assertThat(accumulator.mean().values()).containsExactly((1e8 + 3) / 4);
    }

    @Test
    void shouldTakeCovariancesAsTheirDefinitionSays() {
        List<Image> images = images(200);
        StatisticsAccumulator accumulator = accumulated(images, 50);
        FeatureStatistics statistics = accumulator.statistics();
        double[] u = {0.5, -1, 2, 0};
        double[] about = new double[FEATURES * FEATURES];
        double[] within = new double[FEATURES * FEATURES];
        for (Image image : images) {
            for (int i = 0; i < FEATURES; i++) {
                for (int j = 0; j < FEATURES; j++) {
                    about[i * FEATURES + j] += (image.h[i] - u[i]) * (image.h[j] - u[j]) / images.size();
                    within[i * FEATURES + j] += (image.h[i] - statistics.classMeans().mean(image.label, i))
                            * (image.h[j] - statistics.classMeans().mean(image.label, j)) / images.size();
                }
            }
        }
        assertThat(statistics.covarianceAbout(u)).containsExactly(about, within(1e-9));
        assertThat(statistics.covarianceWithinClasses()).containsExactly(within, within(1e-9));
        for (int j = 0; j < FEATURES; j++) {
            int column = j;
            assertThat(accumulator.mean().values()[j])
                    .isCloseTo(images.stream().mapToDouble(image -> image.h[column]).average().orElseThrow(), within(1e-12));
            assertThat(statistics.classMeans().mean(1, j)).isCloseTo(images.stream().filter(image -> image.label == 1)
                    .mapToDouble(image -> image.h[column]).average().orElseThrow(), within(1e-12));
        }
        // No image is of the last class.
        assertThat(statistics.classMeans().seen()).containsExactly(0, 1);
    }

    @Test
    void shouldKeepTheSameImagesInItsBankWhateverTheirOrder() {
        List<Image> images = images(200);
        FeatureBank bank = accumulated(images, 50).statistics().bank();
        assertThat(bank.images()).isEqualTo(50);
        List<Image> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, new Random(5));
        assertThat(accumulated(shuffled, 50).statistics().bank().values()).containsExactly(bank.values());
        assertThat(accumulated(images, 1_000).statistics().bank().images()).isEqualTo(200);
    }

    @Test
    void shouldRefuseToSayAnythingOfNoImages() {
        StatisticsAccumulator none = new StatisticsAccumulator(CLASSES, FEATURES, 5);
        assertThatThrownBy(none::mean).hasMessage("statistics need at least 1 image, but got none");
        assertThatThrownBy(none::statistics).hasMessage("statistics need at least 1 image, but got none");
        assertThatThrownBy(() -> none.add(new float[3], 0, 0)).hasMessage("expected 4 features, but got 3");
    }

    private static StatisticsAccumulator accumulated(List<Image> images, int bank) {
        StatisticsAccumulator accumulator = new StatisticsAccumulator(CLASSES, FEATURES, bank);
        images.forEach(image -> accumulator.add(image.h, image.label, image.key));
        return accumulator;
    }

    private static List<Image> images(int count) {
        Random random = new Random(9);
        return IntStream.range(0, count).mapToObj(i -> {
            float[] h = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                h[j] = Math.max(0, (float) random.nextGaussian() + j);
            }
            return new Image(h, i % 2, random.nextLong());
        }).toList();
    }
}
