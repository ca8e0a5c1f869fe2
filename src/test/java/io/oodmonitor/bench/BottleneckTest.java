package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BottleneckTest {

    @Test
    void shouldNameTheLimitThatTheStreamReaches() {
        assertThat(Bottleneck.of(Results.LIMITS, Results.saturated(900, 0.95, 0)))
                .isEqualTo("The network: the stream runs at 90.0% of what the network alone does.");
    }

    @Test
    void shouldNameOtherProgramsThatTookCores() {
        assertThat(Bottleneck.of(Results.LIMITS, Results.saturated(500, 0.6, 0.4))).isEqualTo("Other programs: they "
                + "used 40.0% of the cores meanwhile, and the stream runs at 50.0% of what the network alone does. "
                + "Stop them and measure again.");
    }

    @Test
    void shouldSayThatCoresStandIdle() {
        assertThat(Bottleneck.of(Results.LIMITS, Results.saturated(500, 0.6, 0.02))).isEqualTo("Waiting: only 60.0% of "
                + "the cores were in use, and the stream runs at 50.0% of what the network alone does.");
    }

    @Test
    void shouldSayWhatUsesTheCoresWhereAllAreBusy() {
        assertThat(Bottleneck.of(Results.LIMITS, Results.saturated(500, 0.97, 0.01))).isEqualTo("The cores: all are in "
                + "use, 75.0% of the time for network; sharing them, network, decoding and copying could do 868/s, and "
                + "the stream does 57.6% of that.");
    }
}
