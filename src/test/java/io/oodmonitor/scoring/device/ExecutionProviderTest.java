package io.oodmonitor.scoring.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExecutionProviderTest {

    private static final Path ENGINES = Path.of("engines");

    @Test
    void shouldLimitMemoryOnlyWhereALimitIsSet() {
        assertThat(new ExecutionProvider.Cuda(0, new GpuOptions(0, false, ENGINES)).options())
                .containsEntry("arena_extend_strategy", "kSameAsRequested").doesNotContainKey("gpu_mem_limit");
        assertThat(new ExecutionProvider.Cuda(0, new GpuOptions(6L << 30, false, ENGINES)).options())
                .containsEntry("gpu_mem_limit", "6442450944");
    }

    @Test
    void shouldKeepTensorRtsEnginesAndUseHalfPrecisionOnlyWhereAsked() {
        assertThat(new ExecutionProvider.TensorRt(0, new GpuOptions(0, false, ENGINES)).options())
                .containsEntry("trt_engine_cache_enable", "1").containsEntry("trt_engine_cache_path", "engines")
                .containsEntry("trt_fp16_enable", "0");
        assertThat(new ExecutionProvider.TensorRt(0, new GpuOptions(0, true, ENGINES)).options())
                .containsEntry("trt_fp16_enable", "1");
    }
}
