package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class JvmCompilerTest {

    private static final long NO_PROCESS = Integer.MAX_VALUE;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldReadTheProcessorTimeOfCompilerThreads() {
        long process = ProcessHandle.current().pid();
        long millis = JvmCompiler.millis(process);
        assertThat(millis).isPositive();
        assertThat(millis).isLessThanOrEqualTo(ProcessHandle.current().info().totalCpuDuration()
                .orElseThrow().plus(Duration.ofSeconds(1)).toMillis());
        assertThat(JvmCompiler.millis(process)).isGreaterThanOrEqualTo(millis);
    }

    @Test
    void shouldFindAProcessQuietThatIsNotThere() {
        assertThat(JvmCompiler.millis(NO_PROCESS)).isZero();
        assertThat(JvmCompiler.of(NO_PROCESS).isQuiet()).isTrue();
    }
}
