package io.oodmonitor.scoring.device;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** This machine and this build, looked at when asked. */
final class LocalInstallation implements Installation {

    private final LibraryPath libraries =
            LibraryPath.of(System.getenv("LD_LIBRARY_PATH"), Path.of("/etc/ld.so.conf"));

    @Override
    public boolean knows(OrtProvider provider) {
        return OrtEnvironment.getAvailableProviders().contains(provider);
    }

    @Override
    public boolean hasLibrary(String name) {
        return libraries.has(name);
    }

    @Override
    public boolean hasGpu() {
        return Stream.of("/dev/nvidia0", "/proc/driver/nvidia/version").map(Path::of).anyMatch(Files::exists)
                || hasLibrary(Requirement.DRIVER_LIBRARY);
    }

    /** Runs a convolution: some of the libraries are not loaded before they are needed. */
    @Override
    public Optional<String> refusal(ExecutionProvider provider) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new SessionSettings(provider, 1).options();
             OrtSession session = environment.createSession(Convolution.MODEL.toByteArray(), options);
             OnnxTensor input = OnnxTensor.createTensor(environment, Convolution.input());
             OrtSession.Result result = session.run(Map.of(Convolution.INPUT, input))) {
            return Convolution.isRight(result.get(0).getValue()) ? Optional.empty()
                    : Optional.of("it computes a wrong result");
        } catch (OrtException e) {
            return Optional.of(e.getMessage());
        }
    }
}
