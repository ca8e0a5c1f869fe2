package io.oodmonitor.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {

    private static double share(double[] sample, double atMost) {
        return Arrays.stream(sample).filter(value -> value <= atMost).count() / (double) sample.length;
    }

    private static double[] doubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    /** Few different values: ties are where it goes wrong. */
    @Property
    void shouldBeTheLargestDifferenceOfTheShares(@ForAll @Size(min = 1, max = 12) @IntRange(max = 6) int[] first,
                                                 @ForAll @Size(min = 1, max = 12) @IntRange(max = 6) int[] second) {
        double[] a = doubles(first);
        double[] b = doubles(second);
        double expected = DoubleStream.concat(Arrays.stream(a), Arrays.stream(b))
                .map(value -> Math.abs(share(a, value) - share(b, value))).max().orElseThrow();

        assertThat(KolmogorovSmirnov.distance(a, b)).isCloseTo(expected, within(1e-12))
                .isEqualTo(KolmogorovSmirnov.distance(b, a));
    }

    @Test
    void shouldBeNothingForTheSameSampleAndOneForOthers() {
        double[] sample = {3, 1, 2, 2};

        assertThat(KolmogorovSmirnov.distance(sample, sample)).isZero();
        assertThat(KolmogorovSmirnov.distance(sample, new double[] {4, 5})).isEqualTo(1);
        assertThat(sample).as("is left as it was").containsExactly(3, 1, 2, 2);
    }

    /** Of two normal distributions a standard deviation apart, the distance is 2 F(1/2) - 1 = 0.3829. */
    @Test
    void shouldComeNearTheDistanceOfTheDistributions() {
        Random random = new Random(5);
        double[] a = DoubleStream.generate(random::nextGaussian).limit(20_000).toArray();
        double[] b = DoubleStream.generate(() -> random.nextGaussian() + 1).limit(20_000).toArray();

        assertThat(KolmogorovSmirnov.distance(a, b)).isCloseTo(0.3829, within(0.02));
    }

    @Test
    void shouldRefuseNothing() {
        assertThatThrownBy(() -> KolmogorovSmirnov.distance(new double[0], new double[2]))
                .hasMessage("both samples need at least one value, but they have 0 and 2");
    }
}
