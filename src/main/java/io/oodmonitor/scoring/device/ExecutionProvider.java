package io.oodmonitor.scoring.device;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/** Where one session runs, in ONNX Runtime's term. */
public sealed interface ExecutionProvider {

    ExecutionProvider CPU = new Cpu();

    boolean isGpu();

    /** Has a session that is made with these options run there. */
    void addTo(SessionOptions options) throws OrtException;

    /** The cores of this machine. */
    record Cpu() implements ExecutionProvider {

        @Override
        public boolean isGpu() {
            return false;
        }

        @Override
        public void addTo(SessionOptions options) {
            // Every session has it.
        }

        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * One GPU by CUDA.
     *
     * @param gpu its number, from 0
     */
    record Cuda(int gpu, GpuOptions choices) implements ExecutionProvider {

        @Override
        public boolean isGpu() {
            return true;
        }

        /**
         * By ONNX Runtime's names. No enable_cuda_graph: a captured graph reads and writes the addresses on the device
         * that it was captured with, and the Java API cannot bind tensors there. ONNX Runtime would copy each batch to
         * whatever address is free, and a replay score the batch before.
         */
        Map<String, String> options() {
            Map<String, String> options = new TreeMap<>();
            // The sizes that are run are few, and all run before the first image: what the arena has grown to by then
            // is what it needs, where powers of two would keep up to twice as much from others.
            options.put("arena_extend_strategy", "kSameAsRequested");
            // Once for each size, in the warm-up: the time for trying every algorithm is well spent.
            options.put("cudnn_conv_algo_search", "EXHAUSTIVE");
            if (choices.memoryLimit() > 0) {
                options.put("gpu_mem_limit", Long.toString(choices.memoryLimit()));
            }
            return options;
        }

        @Override
        public void addTo(SessionOptions options) throws OrtException {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
                for (Map.Entry<String, String> option : options().entrySet()) {
                    cuda.add(option.getKey(), option.getValue());
                }
                options.addCUDA(cuda);
            }
        }

        @Override
        public String toString() {
            return "cuda:" + gpu;
        }
    }

    /**
     * One GPU by TensorRT, and by CUDA for what TensorRT does not know.
     *
     * @param gpu its number, from 0
     */
    record TensorRt(int gpu, GpuOptions choices) implements ExecutionProvider {

        @Override
        public boolean isGpu() {
            return true;
        }

        /** By ONNX Runtime's names. */
        Map<String, String> options() {
            Map<String, String> options = new TreeMap<>();
            // An engine takes minutes to build: once a model and kind of GPU, not once a start.
            options.put("trt_engine_cache_enable", "1");
            options.put("trt_engine_cache_path", choices.engineCache().toString());
            options.put("trt_fp16_enable", choices.fp16() ? "1" : "0");
            return options;
        }

        @Override
        public void addTo(SessionOptions options) throws OrtException {
            try {
                Files.createDirectories(choices.engineCache());
            } catch (IOException e) {
                throw new UncheckedIOException("TensorRT's engines cannot be kept in " + choices.engineCache(), e);
            }
            try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(gpu)) {
                for (Map.Entry<String, String> option : options().entrySet()) {
                    tensorRt.add(option.getKey(), option.getValue());
                }
                options.addTensorrt(tensorRt);
            }
            new Cuda(gpu, choices).addTo(options);
        }

        @Override
        public String toString() {
            return "tensorrt:" + gpu;
        }
    }
}
