package io.oodmonitor.scoring.device;

import ai.onnxruntime.OrtProvider;
import io.oodmonitor.scoring.device.Device.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the execution providers that a device stands for on a machine. */
public final class ProviderSelection {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSelection.class);

    /** How ONNX Runtime and CUDA say that there are not so many GPUs. */
    private static final Pattern NO_SUCH_GPU = Pattern.compile("[Ii]nvalid device (ID|id|ordinal)");

    private static final String GPU_BUILD = "ONNX Runtime for GPUs (this build has the one for CPUs; "
            + "'mvn -Pgpu clean package -Dmaven.test.skip=true' makes the other)";

    private final Installation installation;

    ProviderSelection(Installation installation) {
        this.installation = installation;
    }

    public static ProviderSelection onThisMachine() {
        return new ProviderSelection(new LocalInstallation());
    }

    /**
     * One provider a GPU: the one that is named, or each that there is; or the CPU. Each one has run a network.
     *
     * @throws DeviceUnavailableException if a GPU was asked for and cannot be used; where any device will do, the CPU
     *                                    takes its place, with one warning if there seems to be a GPU
     */
    public List<ExecutionProvider> select(Device device, GpuOptions options) {
        return switch (device.kind()) {
            case CPU -> List.of(ExecutionProvider.CPU);
            case AUTO -> auto(device, options);
            case CUDA, TENSORRT -> gpus(device, options);
        };
    }

    private List<ExecutionProvider> auto(Device device, GpuOptions options) {
        if (installation.hasGpu()) {
            try {
                return gpus(device, options);
            } catch (DeviceUnavailableException e) {
                LOG.warn("Scoring on the CPU. {}", e.getMessage());
            }
        } else if (installation.knows(OrtProvider.CUDA)) {
            // Not asked in vain: the Java API would unpack 600 MB first.
            LOG.warn("Scoring on the CPU. A GPU cannot be used: {}", missing(Kind.CUDA).orElse("none is here"));
        } else {
            LOG.debug("Scoring on the CPU: this machine has no NVIDIA driver");
        }
        return List.of(ExecutionProvider.CPU);
    }

    private List<ExecutionProvider> gpus(Device device, GpuOptions options) {
        if (device.gpu().isPresent()) {
            ExecutionProvider provider = provider(device.kind(), device.gpu().getAsInt(), options);
            refusal(provider, device.kind()).ifPresent(why -> {
                throw new DeviceUnavailableException(device, why);
            });
            return List.of(provider);
        }
        List<ExecutionProvider> providers = new ArrayList<>();
        while (true) {
            ExecutionProvider provider = provider(device.kind(), providers.size(), options);
            Optional<String> why = refusal(provider, device.kind());
            if (why.isEmpty()) {
                providers.add(provider);
            } else if (!providers.isEmpty() && NO_SUCH_GPU.matcher(why.get()).find()) {
                return providers;
            } else {
                throw new DeviceUnavailableException(device, providers.isEmpty() ? why.get()
                        : provider + " does not work: " + why.get());
            }
        }
    }

    private static ExecutionProvider provider(Kind kind, int gpu, GpuOptions options) {
        return kind == Kind.TENSORRT ? new ExecutionProvider.TensorRt(gpu, options)
                : new ExecutionProvider.Cuda(gpu, options);
    }

    private Optional<String> refusal(ExecutionProvider provider, Kind kind) {
        OrtProvider needed = kind == Kind.TENSORRT ? OrtProvider.TENSOR_RT : OrtProvider.CUDA;
        if (!installation.knows(needed)) {
            return missing(kind);
        }
        // What the loader says counts more than where we look: files are only looked for to explain a failure.
        return installation.refusal(provider).map(words -> missing(kind).orElse("ONNX Runtime says: " + words.strip()));
    }

    /** All that is missing at once, so that nobody has to find out one after the other. */
    private Optional<String> missing(Kind kind) {
        List<String> missing = new ArrayList<>();
        if (!installation.knows(OrtProvider.CUDA)) {
            missing.add(GPU_BUILD);
        }
        Requirement.of(kind).forEach(requirement -> missing.addAll(requirement.missing(installation)));
        return missing.isEmpty() ? Optional.empty() : Optional.of("missing are " + String.join("; ", missing));
    }
}
