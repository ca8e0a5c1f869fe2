package io.oodmonitor.scoring.device;

import ai.onnxruntime.OrtProvider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A machine as a test describes it, with ONNX Runtime 1.29's words where a GPU cannot be had. */
final class Machine implements Installation {

    private final Set<OrtProvider> providers = EnumSet.of(OrtProvider.CPU);
    private final Set<String> libraries = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private int gpus;
    private String failure;

    static Machine bare() {
        return new Machine();
    }

    /** All that is needed, and so many GPUs. */
    static Machine withGpus(int number) {
        Machine machine = new Machine().gpuBuild();
        Requirement.of(Device.Kind.TENSORRT).forEach(requirement -> machine.libraries.addAll(requirement.libraries()));
        machine.gpus = number;
        return machine;
    }

    Machine gpuBuild() {
        providers.addAll(Set.of(OrtProvider.CUDA, OrtProvider.TENSOR_RT));
        return this;
    }

    Machine cpuBuild() {
        providers.removeAll(Set.of(OrtProvider.CUDA, OrtProvider.TENSOR_RT));
        return this;
    }

    Machine without(String library) {
        libraries.remove(library);
        return this;
    }

    /** Every GPU fails with these words. */
    Machine failing(String words) {
        failure = words;
        return this;
    }

    /** The providers that a network was tried with. */
    List<String> asked() {
        return asked;
    }

    @Override
    public boolean knows(OrtProvider provider) {
        return providers.contains(provider);
    }

    @Override
    public boolean hasLibrary(String name) {
        return libraries.contains(name);
    }

    @Override
    public boolean hasGpu() {
        return hasLibrary(Requirement.DRIVER_LIBRARY);
    }

    @Override
    public Optional<String> refusal(ExecutionProvider provider) {
        asked.add(provider.toString());
        for (Requirement requirement : Requirement.of(Device.Kind.CUDA)) {
            for (String library : requirement.libraries()) {
                if (!hasLibrary(library)) {
                    return Optional.of("Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/session/"
                            + "provider_bridge_ort.cc:1988 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() "
                            + "[ONNXRuntimeError] : 1 : FAIL : Failed to load library libonnxruntime_providers_cuda.so "
                            + "with error: " + library + ": cannot open shared object file: No such file or "
                            + "directory\n");
                }
            }
        }
        if (failure != null) {
            return Optional.of(failure);
        }
        int gpu = Integer.parseInt(provider.toString().replaceFirst(".*:", ""));
        return gpu < gpus ? Optional.empty() : Optional.of("Invalid device ID: " + gpu
                + ", must be between 0 (inclusive) and " + gpus + " (exclusive).");
    }
}
