package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.stream.processor.Standard;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {

    private static Standard standard(double... scores) {
        return new Standard("dice@90#0", 1, scores[0], new ConformalRank(1, scores.length),
                CalibrationQuantiles.ofScores(scores), Optional.empty());
    }

    @Test
    void shouldBeEmptyWithoutAnyScore() {
        ScoreHistogram nothing = ScoreHistogram.of(new double[0], Optional.empty());

        assertThat(nothing.bounds()).isEmpty();
        assertThat(nothing.recent()).isEmpty();
        assertThat(nothing.threshold()).isEmpty();
        assertThat(nothing.distance()).isEmpty();
    }

    @Test
    void shouldSpreadScoresOverRoundBins() {
        ScoreHistogram histogram = ScoreHistogram.of(IntStream.range(0, 300).mapToDouble(i -> i / 10.0).toArray(),
                Optional.empty());

        assertThat(histogram.bounds()).hasSizeBetween(31, 91).startsWith(0, 0.5, 1);
        assertThat(histogram.recent()).startsWith(5, 5);
        assertThat(histogram.recentCount()).isEqualTo(300);
    }

    @Test
    void shouldNotSqueezeAllIntoOneBinForAWildScore() {
        double[] scores = DoubleStream.concat(IntStream.range(0, 200).mapToDouble(i -> i / 20.0),
                DoubleStream.of(-1e6, 1e6)).toArray();

        ScoreHistogram histogram = ScoreHistogram.of(scores,
                Optional.of(standard(IntStream.range(0, 100).mapToDouble(i -> i / 10.0).toArray())));

        assertThat(Arrays.stream(histogram.recent()).filter(count -> count > 0).count()).isGreaterThan(9);
        assertThat(histogram.bounds()[0]).isEqualTo(-1e6);
        assertThat(histogram.threshold()).hasValue(0);
        assertThat(histogram.samples()).isEqualTo(100);
        assertThat(histogram.distance().getAsDouble()).isBetween(0.0, 0.1);
    }

    @Property(tries = 300)
    void shouldHoldEveryScoreInItsBin(
            @ForAll @Size(max = 50) List<@DoubleRange(min = -1e9, max = 1e9) Double> recent,
            @ForAll @Size(max = 50) List<@DoubleRange(min = -50, max = 50) Double> calibration) {
        double[] scores = recent.stream().mapToDouble(Double::doubleValue).toArray();
        double[] known = calibration.stream().mapToDouble(Double::doubleValue).toArray();

        ScoreHistogram histogram = ScoreHistogram.of(scores,
                known.length == 0 ? Optional.empty() : Optional.of(standard(known)));

        double[] bounds = histogram.bounds();
        assertThat(bounds).isSorted().doesNotHaveDuplicates().hasSizeLessThan(100);
        for (int i = 0; i < histogram.recent().length; i++) {
            double from = bounds[i];
            double to = bounds[i + 1];
            assertThat(histogram.recent()[i])
                    .isEqualTo((int) Arrays.stream(scores).filter(score -> score >= from && score < to).count());
            double share = Arrays.stream(known).filter(score -> score >= from && score < to).count()
                    / (double) known.length;
            assertThat(histogram.calibration()[i])
                    .isCloseTo(known.length == 0 ? 0 : share, Offset.offset(1e-9));
        }
        assertThat(histogram.recentCount()).isEqualTo(scores.length);
    }
}
