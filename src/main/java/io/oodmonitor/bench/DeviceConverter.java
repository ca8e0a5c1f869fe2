package io.oodmonitor.bench;

import io.oodmonitor.scoring.device.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads cuda, cuda:1 and the like. */
final class DeviceConverter implements ITypeConverter<Device> {

    @Override
    public Device convert(String value) {
        try {
            return Device.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
