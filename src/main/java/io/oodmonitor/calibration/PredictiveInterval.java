package io.oodmonitor.calibration;

/**
 * A range of counts, both ends included. Immutable.
 *
 * @param low  from 0
 * @param high at least low
 */
public record PredictiveInterval(long low, long high) {

    public PredictiveInterval {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException(
                    "interval must run upwards from 0 or more, but is " + low + " to " + high);
        }
    }

    public boolean contains(long count) {
        return low <= count && count <= high;
    }
}
