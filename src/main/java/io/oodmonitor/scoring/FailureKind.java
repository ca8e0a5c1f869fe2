package io.oodmonitor.scoring;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a failed run says of the device, by the words of ONNX Runtime and of CUDA's libraries. */
enum FailureKind {

    /** Nothing yet: the image may be at fault, or the network. */
    UNKNOWN,

    /** There was no memory for a batch of this size. A smaller one may run, also on the same images. */
    OUT_OF_MEMORY,

    /** CUDA's context is gone, and with it every later run in this process. */
    DEVICE_LOST;

    /** How ONNX Runtime words each failed call: the code, and what CUDA says to it. */
    private static final Pattern CUDA_FAILURE = Pattern.compile("CUDA failure (\\d+): ([^;]*[^; ])");

    /** cudaErrorMemoryAllocation. */
    private static final int NO_MEMORY = 2;

    /**
     * The codes of cudaError_t after which CUDA's documentation says that the process must be ended and started anew:
     * uncorrectable ECC error, illegal address, launch timeout, assertion, hardware stack error, illegal instruction,
     * misaligned address, invalid address space, invalid program counter, launch failure, unknown error. Beside them
     * those by which a device is not there any more: unavailable, none, context destroyed.
     */
    private static final Set<Integer> FATAL =
            Set.of(46, 100, 214, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999);

    /** The arena's own words, with and without a limit set; cuBLAS's and cuDNN's status; C++'s; TensorRT's. */
    private static final Pattern ALLOCATION = Pattern.compile("Failed to allocate memory for requested buffer"
            + "|is smaller than requested bytes|_ALLOC_FAILED|DEVICE_ALLOCATION_FAILED|std::bad_alloc|OutOfMemory");

    /** ONNX Runtime's error code for it. */
    private static final String RESET = "ORT_DEVICE_RESET";

    /** @param message ONNX Runtime's; may be null */
    static FailureKind of(String message) {
        if (message == null) {
            return UNKNOWN;
        }
        boolean noMemory = ALLOCATION.matcher(message).find();
        // A lost device lets everything fail that follows, allocations too: the loss is what counts.
        Matcher cuda = CUDA_FAILURE.matcher(message);
        while (cuda.find()) {
            int code = Integer.parseInt(cuda.group(1));
            if (FATAL.contains(code)) {
                return DEVICE_LOST;
            }
            noMemory |= code == NO_MEMORY;
        }
        return message.contains(RESET) ? DEVICE_LOST : noMemory ? OUT_OF_MEMORY : UNKNOWN;
    }

    /** CUDA's own words in a message, as in "CUDA failure 719: unspecified launch failure", or all of it. */
    static String shortly(String message) {
        Matcher cuda = CUDA_FAILURE.matcher(message);
        return cuda.find() ? cuda.group() : message;
    }
}
