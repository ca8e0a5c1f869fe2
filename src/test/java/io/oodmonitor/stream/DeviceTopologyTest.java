package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.oodmonitor.scoring.DeviceLostException;
import io.oodmonitor.scoring.DeviceNetwork;
import java.time.Duration;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

/** What a device's failures come to in the stream: no image is ever blamed for them. */
class DeviceTopologyTest {

    @Test
    void shouldNotMakeADeadLetterOfAnImageThatThereIsNoMemoryFor() throws Exception {
        DeviceNetwork network = DeviceNetwork.withMemoryFor(8);
        try (TopologyFixture stream = TopologyFixture.with(network)) {
            stream.image("before", "camera", 100, Duration.ZERO);
            network.shrink(0);
            Throwable failure = catchThrowable(() -> stream.image("short", "camera", 101, Duration.ZERO));
            assertThat(failure).rootCause().hasMessageContaining("Failed to allocate memory for requested buffer");
            assertThat(new ThreadFailures().handle(failure)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
            assertThat(stream.deadLetters.isEmpty()).isTrue();
            assertThat(stream.scores.readValuesToList()).extracting(score -> score.getId()).containsExactly("before");
        }
    }

    @Test
    void shouldStopTheClientAtOnceWhenTheDeviceIsLost() throws Exception {
        DeviceNetwork network = DeviceNetwork.withMemoryFor(8);
        try (TopologyFixture stream = TopologyFixture.with(network)) {
            stream.image("before", "camera", 100, Duration.ZERO);
            network.lose();
            Throwable failure = catchThrowable(() -> stream.image("lost", "camera", 101, Duration.ZERO));
            ThreadFailures failures = new ThreadFailures();
            assertThat(failures.handle(failure)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
            assertThat(failures.last()).containsInstanceOf(DeviceLostException.class);
            assertThat(stream.deadLetters.isEmpty()).isTrue();
            assertThat(stream.scores.readValuesToList()).extracting(score -> score.getId()).containsExactly("before");
        }
    }
}
