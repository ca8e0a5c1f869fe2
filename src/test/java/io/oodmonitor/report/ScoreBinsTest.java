package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.evaluation.MethodScores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreBinsTest {

    private static final double[] ID = IntStream.range(0, 1_000).mapToDouble(i -> i / 100.0).toArray();

    @Test
    void shouldSpanAllSets() {
        double[] ood = IntStream.range(0, 1_000).mapToDouble(i -> i / 100.0 - 5).toArray();

        ScoreBins bins = ScoreBins.of(new MethodScores("m", 0.5, false, ID, List.of(ood)));

        assertThat(bins.from()).isCloseTo(-5, within(0.06));
        assertThat(bins.to()).isCloseTo(10, within(0.06));
        assertThat(Arrays.stream(bins.counts(ood)).sum()).isEqualTo(1_000);
    }

    @Test
    void shouldGatherWhatLiesFarOutAtTheEnd() {
        double[] ood = {-1e9, -1e9, 3};

        ScoreBins bins = ScoreBins.of(new MethodScores("m", 0.5, false, ID, List.of(ood)));

        assertThat(bins.from()).isBetween(-25.0, -15.0);
        assertThat(bins.counts(ood)[0]).isEqualTo(2);
        assertThat(Arrays.stream(bins.counts(ID)).filter(count -> count > 0).count()).isGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -7.25, 1e12})
    void shouldHoldScoresThatAreAllTheSame(double score) {
        double[] same = {score, score};

        ScoreBins bins = ScoreBins.of(new MethodScores("m", score, false, same, List.of(same)));

        assertThat(bins.width()).isPositive();
        assertThat(Arrays.stream(bins.counts(same)).sum()).isEqualTo(2);
    }
}
