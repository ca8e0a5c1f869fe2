package io.oodmonitor.scoring.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSelectionTest {

    private static final GpuOptions OPTIONS = new GpuOptions(0, false, Path.of("engines"));
    private static final String BUILD = "ONNX Runtime for GPUs (this build has the one for CPUs; "
            + "'mvn -Pgpu clean package -Dmaven.test.skip=true' makes the other)";
    private static final String DRIVER = "the NVIDIA driver (libcuda.so.1)";
    private static final String CUDA = "CUDA 12 (libcudart.so.12, libcublas.so.12, libcublasLt.so.12, libcurand.so.10)";
    private static final String CUDNN = "cuDNN 9 (libcudnn.so.9)";

    private static List<String> select(Machine machine, String device) {
        return new ProviderSelection(machine).select(Device.parse(device), OPTIONS).stream().map(Object::toString)
                .toList();
    }

    @Test
    void shouldUseEveryGpuWhereNoneIsNamed() {
        assertThat(select(Machine.withGpus(3), "cuda")).containsExactly("cuda:0", "cuda:1", "cuda:2");
        assertThat(select(Machine.withGpus(2), "auto")).containsExactly("cuda:0", "cuda:1");
        assertThat(select(Machine.withGpus(1), "tensorrt")).containsExactly("tensorrt:0");
    }

    @Test
    void shouldUseTheOneThatIsNamed() {
        assertThat(select(Machine.withGpus(3), "cuda:1")).containsExactly("cuda:1");
        assertThat(select(Machine.withGpus(3), "tensorrt:2")).containsExactly("tensorrt:2");
        assertThatThrownBy(() -> select(Machine.withGpus(3), "cuda:3")).isInstanceOf(DeviceUnavailableException.class)
                .hasMessage("Device cuda:3 cannot be used: ONNX Runtime says: Invalid device ID: 3, must be between 0 "
                        + "(inclusive) and 3 (exclusive).");
    }

    @Test
    void shouldNotTouchAGpuForTheCpu() {
        Machine machine = Machine.withGpus(1);
        assertThat(select(machine, "cpu")).containsExactly("cpu");
        assertThat(machine.asked()).isEmpty();
    }

    @Test
    void shouldSayAllThatIsMissingAtOnce() {
        assertThatThrownBy(() -> select(Machine.bare(), "cuda")).isInstanceOf(DeviceUnavailableException.class)
                .hasMessage("Device cuda cannot be used: missing are "
                        + String.join("; ", BUILD, DRIVER, CUDA, CUDNN));
        assertThatThrownBy(() -> select(Machine.bare().gpuBuild(), "tensorrt:0"))
                .hasMessage("Device tensorrt:0 cannot be used: missing are " + String.join("; ", DRIVER, CUDA, CUDNN,
                        "TensorRT 10 (libnvinfer.so.10, libnvonnxparser.so.10)"));
    }

    @Test
    void shouldSayWhichPartIsMissing() {
        assertThatThrownBy(() -> select(Machine.withGpus(1).cpuBuild(), "cuda"))
                .hasMessage("Device cuda cannot be used: missing are " + BUILD);
        assertThatThrownBy(() -> select(Machine.withGpus(1).without("libcublasLt.so.12"), "cuda:0"))
                .hasMessage("Device cuda:0 cannot be used: missing are CUDA 12 (libcublasLt.so.12)");
        assertThatThrownBy(() -> select(Machine.withGpus(1).without("libcudnn.so.9"), "cuda"))
                .hasMessage("Device cuda cannot be used: missing are " + CUDNN);
    }

    @Test
    void shouldGiveOnnxRuntimesWordsWhereNothingIsMissing() {
        String words = "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=0";
        assertThatThrownBy(() -> select(Machine.withGpus(1).failing(words), "cuda"))
                .hasMessage("Device cuda cannot be used: ONNX Runtime says: " + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libcuda.so.1", "libcudart.so.12", "libcudnn.so.9"})
    void shouldTakeTheCpuWhereAnyDeviceWillDo(String library) {
        assertThat(select(Machine.withGpus(1).without(library), "auto")).containsExactly("cpu");
        assertThat(select(Machine.withGpus(1).cpuBuild().without(library), "auto")).containsExactly("cpu");
    }

    @Test
    void shouldNotAskOnnxRuntimeInVainWhereThereIsNoDriver() {
        Machine machine = Machine.bare().gpuBuild();
        assertThat(select(machine, "auto")).containsExactly("cpu");
        assertThat(machine.asked()).isEmpty();
    }
}
