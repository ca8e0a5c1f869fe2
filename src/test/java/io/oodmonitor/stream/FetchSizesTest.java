package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FetchSizesTest {

    private static final int MIB = 1 << 20;

    @Test
    void shouldFollowTheHeap() {
        assertThat(FetchSizes.of(512L * MIB)).isEqualTo(new FetchSizes(4 * MIB, 8 * MIB));
        assertThat(FetchSizes.of(256L * MIB)).isEqualTo(new FetchSizes(2 * MIB, 4 * MIB));
    }

    @Test
    void shouldStayBetweenOneAndEightMebibytes() {
        assertThat(FetchSizes.of(64L * MIB).perPartition()).isEqualTo(MIB);
        assertThat(FetchSizes.of(64L << 30)).isEqualTo(new FetchSizes(8 * MIB, 16 * MIB));
    }

    @Test
    void shouldBeTheStreamsDefault() {
        FetchSizes sizes = FetchSizes.of(Runtime.getRuntime().maxMemory());
        assertThat(new MonitorConfig(Map.of()).streams())
                .containsEntry("consumer.max.partition.fetch.bytes", sizes.perPartition())
                .containsEntry("consumer.fetch.max.bytes", sizes.perRequest());
    }

    @Test
    void shouldGiveWayToWhatIsConfigured() {
        assertThat(new MonitorConfig(Map.of("consumer.fetch.max.bytes", "5000000")).streams())
                .containsEntry("consumer.fetch.max.bytes", "5000000");
    }
}
