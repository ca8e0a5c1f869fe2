package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BatchingGainTest {

    private static Trial trial(int batchSize, double rate) {
        return new Trial(new Setting(batchSize, 5, 2, 1), rate, batchSize);
    }

    @Test
    void shouldCompareTheBestOfBoth() {
        assertThat(BatchingGain.of(List.of(trial(8, 150), trial(1, 100), trial(16, 140)),
                List.of(new NetworkRate(1, 1, 2, 100), new NetworkRate(1, 2, 1, 200), new NetworkRate(8, 2, 1, 180))))
                .isEqualTo(new BatchingGain(OptionalDouble.of(1.5), OptionalDouble.of(0.9)));
    }

    @Test
    void shouldSayNothingWhereOneOfThemWasTooSlowToMeasure() {
        assertThat(BatchingGain.of(List.of(trial(8, 150), trial(1, 100)), List.of(new NetworkRate(1, 2, 1, 0.1)))
                .network()).isEmpty();
    }
}
