package io.oodmonitor.scoring.device;

import java.nio.file.Path;

/**
 * What people choose of a GPU.
 *
 * @param memoryLimit bytes of its memory that a network's tensors may take, at most; 0 for no limit
 * @param fp16        whether TensorRT may compute in half precision
 * @param engineCache folder for what TensorRT builds of one model; of no other one, as ONNX Runtime finds engines by a
 *                    graph's names and would take those of other weights
 */
public record GpuOptions(long memoryLimit, boolean fp16, Path engineCache) {

    public GpuOptions {
        if (memoryLimit < 0) {
            throw new IllegalArgumentException("the memory limit must be at least 0, but is " + memoryLimit);
        }
    }
}
