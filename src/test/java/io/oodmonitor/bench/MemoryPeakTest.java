package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryPeakTest {

    private static final int BYTES = 64 << 20;

    @Test
    void shouldKnowWhatACollectionTookAway() {
        try (MemoryPeak peak = new MemoryPeak()) {
            // Old objects first, so that nothing but the array can make the peak.
            System.gc();
            long before = used();
            byte[] garbage = new byte[BYTES];
            assertThat(garbage[BYTES - 1]).isZero();
            garbage = null;
            System.gc();
            assertThat(used()).isLessThan(before + BYTES);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(
                    () -> assertThat(peak.bytes().heapBytes()).isGreaterThanOrEqualTo(before + BYTES));
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
