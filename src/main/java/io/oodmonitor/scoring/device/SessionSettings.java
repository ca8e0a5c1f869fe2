package io.oodmonitor.scoring.device;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;

/**
 * How a session is made, the monitor's and the one that the bench compares it with.
 *
 * @param threads that work on one run, the calling one included; on a GPU they only do what no kernel is there for
 */
public record SessionSettings(ExecutionProvider provider, int threads) {

    public static SessionSettings cpu(int threads) {
        return new SessionSettings(ExecutionProvider.CPU, threads);
    }

    /**
     * For one session; to be closed.
     *
     * @throws OrtException if the provider cannot be had
     */
    public SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            // It warns that the mask is replaceable, as it is meant to be; and errors come as exceptions.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            provider.addTo(options);
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }
}
