package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.evaluation.DetectionMetrics;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RocCurveTest {

    @Test
    void shouldStepWhereScoresDiffer() {
        RocCurve curve = RocCurve.of(new double[] {4, 2}, new double[] {3, 1});

        assertThat(at(curve, 0)).isEqualTo(0.5);
        assertThat(at(curve, 0.45)).isEqualTo(0.5);
        assertThat(at(curve, 0.5)).isEqualTo(1);
        assertThat(at(curve, 1)).isEqualTo(1);
    }

    @Test
    void shouldBeStraightAcrossTies() {
        RocCurve curve = RocCurve.of(new double[] {1, 1}, new double[] {1, 1, 1});

        for (double rate : new double[] {0, 0.1, 0.5, 1}) {
            assertThat(at(curve, rate)).isCloseTo(rate, within(1e-12));
        }
    }

    @Test
    void shouldAverageCurves() {
        RocCurve mean = RocCurve.mean(List.of(RocCurve.of(new double[] {2}, new double[] {1}),
                RocCurve.of(new double[] {1}, new double[] {2})));

        assertThat(at(mean, 0.5)).isEqualTo(0.5);
        assertThat(at(mean, 1)).isEqualTo(1);
    }

    /** Thinning costs less than half a point of area. */
    @Property(tries = 60)
    void shouldHoldTheAreaAndNeverFall(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int images,
                                       @ForAll @IntRange(min = 1, max = 30) int levels) {
        Random random = new Random(seed);
        double[] id = random.doubles(images, 0, levels).map(x -> random.nextBoolean() ? x : Math.floor(x)).toArray();
        double[] ood = random.doubles(images, -3, levels).map(Math::floor).toArray();

        RocCurve curve = RocCurve.of(id, ood);

        double[] x = RocCurve.falsePositiveRates();
        double[] y = curve.truePositiveRates();
        double area = 0;
        for (int i = 1; i < x.length; i++) {
            assertThat(y[i]).isGreaterThanOrEqualTo(y[i - 1]);
            area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        }
        assertThat(y[y.length - 1]).isEqualTo(1);
        assertThat(area).isCloseTo(DetectionMetrics.of(id, ood).auroc(), within(0.0051));
    }

    private static double at(RocCurve curve, double rate) {
        double[] rates = RocCurve.falsePositiveRates();
        for (int i = 0; i < rates.length; i++) {
            if (Math.abs(rates[i] - rate) < 1e-12) {
                return curve.truePositiveRates()[i];
            }
        }
        throw new AssertionError(rate + " is not on the grid");
    }
}
