package io.oodmonitor.scoring.device;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something to install that a provider needs.
 *
 * @param name      as people look for it
 * @param libraries by which it is known to be there
 */
record Requirement(String name, List<String> libraries) {

    static final String DRIVER_LIBRARY = "libcuda.so.1";

    /** What ONNX Runtime 1.29's library for CUDA is linked with, and cuDNN, which it loads at the first convolution. */
    private static final List<Requirement> CUDA = List.of(
            new Requirement("the NVIDIA driver", List.of(DRIVER_LIBRARY)),
            new Requirement("CUDA 12",
                    List.of("libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcurand.so.10")),
            new Requirement("cuDNN 9", List.of("libcudnn.so.9")));

    private static final Requirement TENSORRT =
            new Requirement("TensorRT 10", List.of("libnvinfer.so.10", "libnvonnxparser.so.10"));

    static List<Requirement> of(Device.Kind kind) {
        return kind == Device.Kind.TENSORRT ? Stream.concat(CUDA.stream(), Stream.of(TENSORRT)).toList() : CUDA;
    }

    /** What of it a machine lacks, in words; empty if nothing. */
    List<String> missing(Installation installation) {
        List<String> lacking = libraries.stream().filter(library -> !installation.hasLibrary(library)).toList();
        List<String> words = new ArrayList<>();
        if (!lacking.isEmpty()) {
            words.add(name + " (" + lacking.stream().collect(Collectors.joining(", ")) + ")");
        }
        return words;
    }
}
