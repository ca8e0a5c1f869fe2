package io.oodmonitor.scoring.device;

import ai.onnxruntime.OrtProvider;
import java.util.Optional;

/** What a machine and a build of the monitor have for GPUs. */
interface Installation {

    /** Whether the ONNX Runtime of this build knows a provider. */
    boolean knows(OrtProvider provider);

    /** Whether the loader of shared libraries finds one, by its name with version. */
    boolean hasLibrary(String name);

    /** Whether anything here points to an NVIDIA GPU. */
    boolean hasGpu();

    /** Why ONNX Runtime cannot run a network with a provider; empty if it can. */
    Optional<String> refusal(ExecutionProvider provider);
}
