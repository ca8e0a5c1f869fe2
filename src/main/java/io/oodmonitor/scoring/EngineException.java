package io.oodmonitor.scoring;

/** The engine cannot score at the moment, whatever the image. The image is to be submitted again. */
public sealed class EngineException extends RuntimeException permits DeviceLostException {

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
