package io.oodmonitor.scoring;

/** The device that the network ran on is lost to this process: another one, started anew, has to score the image. */
public final class DeviceLostException extends EngineException {

    DeviceLostException(NetworkException cause) {
        super("The network's device is lost (" + FailureKind.shortly(cause.getMessage())
                + "), and this process cannot get it back: start it again", cause);
    }
}
