package io.oodmonitor.detector.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ActivationHistogramTest {

    private static final double STEP = 1 / 65_536.0;

    @Property(tries = 200)
    void shouldBeNextToThePercentilesOfNumpy(
            @ForAll @Size(min = 1, max = 300) float @FloatRange(min = -1e6f, max = 1e6f) [] values,
            @ForAll @IntRange(max = 1000) int permille) {
        double percent = permille / 10.0;
        double exact = Percentile.linear(widened(values), percent);
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(quantiles(values).percentile(percent)).isCloseTo(exact, within(largest * STEP + 1e-30));
    }

    @Test
    void shouldSeeTheZerosOfARectifier() {
        Random random = new Random(3);
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(-0f, (float) random.nextGaussian());
        }
        ActivationQuantiles quantiles = quantiles(values);
        assertThat(quantiles.percentile(0)).isCloseTo(0, within(1e-30));
        assertThat(quantiles.percentile(40)).isCloseTo(0, within(1e-30));
        for (double percent : new double[] {60, 90, 99, 99.9, 100}) {
            double exact = Percentile.linear(widened(values), percent);
            assertThat(quantiles.percentile(percent)).isCloseTo(exact, within(exact * STEP));
        }
    }

    private static ActivationQuantiles quantiles(float[] values) {
        ActivationHistogram histogram = new ActivationHistogram();
        for (float value : values) {
            histogram.add(value);
        }
        return histogram.quantiles();
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
