package io.oodmonitor.scoring;

/** The engine cannot score at the moment, whatever the image. The image is to be submitted again. */
public final class EngineException extends RuntimeException {

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
