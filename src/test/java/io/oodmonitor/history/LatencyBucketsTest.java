package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {

    @Property
    void shouldBeNoFurtherOffThanASixteenth(@ForAll @LongRange(max = 1L << 35) long millis) {
        double middle = LatencyBuckets.middle(LatencyBuckets.of(millis));

        assertThat(Math.abs(middle - millis)).isLessThanOrEqualTo(millis / 16.0);
    }

    @Property
    void shouldGrowWithTheLatency(@ForAll @LongRange(max = 1L << 40) long millis) {
        assertThat(LatencyBuckets.of(millis + 1)).isBetween(LatencyBuckets.of(millis), LatencyBuckets.of(millis) + 1);
    }

    @Test
    void shouldFindQuantiles() {
        long[] counts = new long[LatencyBuckets.COUNT];
        LongStream.rangeClosed(1, 10).forEach(millis -> counts[LatencyBuckets.of(millis)]++);

        assertThat(LatencyBuckets.quantile(counts, 10, 0.5)).isEqualTo(5);
        assertThat(LatencyBuckets.quantile(counts, 10, 0.99)).isEqualTo(10);
        assertThat(LatencyBuckets.quantile(new long[LatencyBuckets.COUNT], 0, 0.5)).isNaN();
    }

    @Test
    void shouldHoldTheLongestLatency() {
        assertThat(LatencyBuckets.of(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
    }
}
