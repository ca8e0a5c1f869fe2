package io.oodmonitor.scoring.device;

/** A device cannot be had on this machine. The message says what is missing. */
public final class DeviceUnavailableException extends RuntimeException {

    DeviceUnavailableException(Device device, String why) {
        super("Device " + device + " cannot be used: " + why);
    }
}
