package io.oodmonitor.scoring;

import static io.oodmonitor.scoring.FailureKind.DEVICE_LOST;
import static io.oodmonitor.scoring.FailureKind.OUT_OF_MEMORY;
import static io.oodmonitor.scoring.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureKindTest {

    @ParameterizedTest
    @ValueSource(strings = {
        DeviceNetwork.NO_MEMORY,
        "BFCArena::AllocateRawInternal Available memory of 1048576 is smaller than requested bytes of 12845056",
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=gate ; file=cuda_allocator.cc ; expr=cudaMalloc(&p, n); ",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; hostname=gate ; expr=cublasCreate(handle); ",
        "CUDNN failure 4001: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED ; GPU=0 ; hostname=gate ; expr=x",
        "Error code - ORT_RUNTIME_EXCEPTION - message: std::bad_alloc"})
    void shouldKnowThatMemoryIsOut(String message) {
        assertThat(FailureKind.of(message)).isEqualTo(OUT_OF_MEMORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        DeviceNetwork.LOST,
        "CUDA failure 719: unspecified launch failure ; GPU=1 ; hostname=gate ; expr=cudaStreamSynchronize(stream); ",
        "CUDA failure 999: unknown error ; GPU=0 ; hostname=gate ; expr=cudaEventRecord(event); ",
        "CUDA failure 214: uncorrectable ECC error encountered ; GPU=0 ; hostname=gate ; expr=cudaMemcpy(a, b, n, k); ",
        "CUDA failure 2: out of memory ; GPU=0 ; expr=cudaMalloc(&p, n); CUDA failure 700: an illegal memory access "
            + "was encountered ; GPU=0 ; expr=cudaFree(p); ",
        "Error code - ORT_DEVICE_RESET - message: The device was reset"})
    void shouldKnowThatTheDeviceIsLost(String message) {
        assertThat(FailureKind.of(message)).isEqualTo(DEVICE_LOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CUDA failure 1: invalid argument ; GPU=0 ; hostname=gate ; expr=cudaMemcpyAsync(a, b, n, k, s); ",
        "Error code - ORT_INVALID_ARGUMENT - message: Got invalid dimensions for input: images",
        "CUDNN failure 3000: CUDNN_STATUS_NOT_SUPPORTED ; GPU=0 ; hostname=gate ; expr=x"})
    void shouldBlameNothingYetForAnyOtherWords(String message) {
        assertThat(FailureKind.of(message)).isEqualTo(UNKNOWN);
    }

    @Test
    void shouldTakeAFailureWithoutWords() {
        assertThat(FailureKind.of(null)).isEqualTo(UNKNOWN);
    }

    @Test
    void shouldGiveCudasOwnWords() {
        assertThat(FailureKind.shortly(DeviceNetwork.LOST))
                .isEqualTo("CUDA failure 700: an illegal memory access was encountered");
        assertThat(FailureKind.shortly("something else")).isEqualTo("something else");
    }
}
