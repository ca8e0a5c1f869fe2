package io.oodmonitor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class DetectionMetricsTest {

    @Test
    void shouldEqualACaseByHand() {
        var metrics = DetectionMetrics.of(new double[] {3, 1, 2}, new double[] {2, 0});

        // Threshold 1, the lowest ID score: 2 is above it, 0 is not.
        assertThat(metrics.fpr95()).isEqualTo(0.5);
        // Of six pairs four are in order, one is a tie.
        assertThat(metrics.auroc()).isCloseTo(4.5 / 6, within(1e-15));
        // (recall, precision): (0, 1), (1/3, 1), (2/3, 2/3), (1, 3/4).
        assertThat(metrics.auprIn()).isCloseTo(61 / 72.0, within(1e-15));
        // (0, 1), (1/2, 1), (1/2, 1/2), (1, 1/2).
        assertThat(metrics.auprOut()).isCloseTo(0.75, within(1e-15));
        // Flagging 0 alone leaves one mistake in five.
        assertThat(metrics.detectionError()).isEqualTo(0.2);
    }

    @Test
    void shouldBePerfectWhenSeparate() {
        assertThat(DetectionMetrics.of(new double[] {3, 4, 5}, new double[] {1, 2}))
                .isEqualTo(new DetectionMetrics(0, 1, 1, 1, 0));
    }

    @Test
    void shouldKnowNothingWhenAllTie() {
        var metrics = DetectionMetrics.of(new double[] {1, 1, 1}, new double[] {1});

        assertThat(metrics.auroc()).isEqualTo(0.5);
        assertThat(metrics.detectionError()).isEqualTo(0.25);
        assertThat(metrics.fpr95()).isZero();
    }

    @Test
    void shouldRoundTheIndexOfTheThresholdHalfToEven() {
        double[] id = new double[50];
        Arrays.setAll(id, i -> i);

        // round(2.5) = 2: of 2.0 and 2.5 only the latter is above.
        assertThat(DetectionMetrics.of(id, new double[] {2, 2.5}).fpr95()).isEqualTo(0.5);
    }

    @Property(seed = "1")
    void shouldEqualBruteForce(
            @ForAll @NotEmpty List<@IntRange(max = 20) Integer> id,
            @ForAll @NotEmpty List<@IntRange(max = 20) Integer> ood) {
        double[] idScores = id.stream().mapToDouble(i -> i).toArray();
        double[] oodScores = ood.stream().mapToDouble(i -> i).toArray();
        double wins = 0;
        for (double a : idScores) {
            for (double b : oodScores) {
                wins += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        double error = 1;
        for (int threshold = 0; threshold <= 21; threshold++) {
            int t = threshold;
            long wrong = Arrays.stream(idScores).filter(s -> s < t).count()
                    + Arrays.stream(oodScores).filter(s -> s >= t).count();
            error = Math.min(error, wrong / (double) (idScores.length + oodScores.length));
        }

        var metrics = DetectionMetrics.of(idScores, oodScores);

        assertThat(metrics.auroc()).isCloseTo(wins / idScores.length / oodScores.length, within(1e-12));
        assertThat(metrics.detectionError()).isEqualTo(error);
        assertThat(metrics.auprIn()).isCloseTo(aupr(idScores, oodScores, 1), within(1e-12));
        assertThat(metrics.auprOut()).isCloseTo(aupr(oodScores, idScores, -1), within(1e-12));
    }

    private static double aupr(double[] positives, double[] negatives, int sign) {
        double area = 0;
        double lastRecall = 0;
        double lastPrecision = 1;
        for (int threshold = 20; threshold >= -20; threshold--) {
            int t = threshold;
            double hits = Arrays.stream(positives).filter(s -> sign * s >= t).count();
            double all = hits + Arrays.stream(negatives).filter(s -> sign * s >= t).count();
            if (all > 0) {
                area += (hits / positives.length - lastRecall) * (hits / all + lastPrecision) / 2;
                lastRecall = hits / positives.length;
                lastPrecision = hits / all;
            }
        }
        return area;
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() {
        assertThatThrownBy(() -> DetectionMetrics.of(new double[0], new double[1]))
                .hasMessage("at least one in-distribution score is needed, but there is none");
        assertThatThrownBy(() -> DetectionMetrics.of(new double[1], new double[] {Double.NaN}))
                .hasMessage("out-of-distribution scores must be finite, but one is NaN");
    }
}
