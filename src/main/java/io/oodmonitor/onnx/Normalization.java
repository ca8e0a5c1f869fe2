package io.oodmonitor.onnx;

import java.util.List;
import java.util.Objects;

/**
 * How a byte becomes what a network was trained on: x enters as (x / 255 - mean) / std.
 *
 * @param mean one a channel, in the network's channel order
 * @param std one a channel, in the network's channel order, all above 0
 * @param channels the network's channel order
 */
public record Normalization(List<Double> mean, List<Double> std, ChannelOrder channels) {

    static final int CHANNELS = 3;

    public Normalization {
        Objects.requireNonNull(channels, "channels");
        if (mean.size() != CHANNELS || !mean.stream().allMatch(value -> value != null && Double.isFinite(value))) {
            throw new IllegalArgumentException("the mean must be " + CHANNELS + " finite numbers, but is " + mean);
        }
        if (std.size() != CHANNELS
                || !std.stream().allMatch(value -> value != null && Double.isFinite(value) && value > 0)) {
            throw new IllegalArgumentException(
                    "the standard deviation must be " + CHANNELS + " numbers above 0, but is " + std);
        }
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** Of an RGB network. */
    public static Normalization rgb(List<Double> mean, List<Double> std) {
        return new Normalization(mean, std, ChannelOrder.RGB);
    }

    /** Of scale * x + shift, which is (x / 255 - mean) / std; one a channel. */
    float[] scale() {
        float[] scale = new float[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            scale[channel] = (float) (1 / (255 * std.get(channel)));
        }
        return scale;
    }

    float[] shift() {
        float[] shift = new float[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            shift[channel] = (float) (-mean.get(channel) / std.get(channel));
        }
        return shift;
    }
}
