package io.oodmonitor.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate per second: 200, 0.5, 200/s. */
final class RateConverter implements ITypeConverter<Double> {

    @Override
    public Double convert(String text) {
        try {
            double rate = Double.parseDouble(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
            if (rate > 0 && Double.isFinite(rate)) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new TypeConversionException("expected a number above 0, as in 200/s, but was '" + text + "'");
    }
}
