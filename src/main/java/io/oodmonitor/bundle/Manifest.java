package io.oodmonitor.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.onnx.ChannelOrder;
import java.util.List;
import java.util.Map;

/**
 * What bundle.json says, name by name; not yet checked against anything.
 *
 * @param format version of this format
 * @param created ISO 8601, UTC
 * @param runtime what the threshold was computed with
 * @param classes names in the order of the head's rows
 * @param detector its name, parameters included
 * @param threshold null where none was fitted
 * @param files SHA-256 in hexadecimal by path within the bundle, of every other file
 */
record Manifest(int format, String name, String version, String created, String runtime, Input input,
        List<String> classes, Network network, String detector,
        @JsonInclude(JsonInclude.Include.NON_NULL) Threshold threshold, Map<String, String> files) {

    static final int FORMAT = 1;

    /** How images become the graph's input. Mean and std are in the network's channel order. */
    record Input(int height, int width, Framing.Policy policy, double share, Interpolation interpolation,
            ChannelOrder channels, List<Double> mean, List<Double> std) {
    }

    /**
     * The network as it was exported.
     *
     * @param opset version of the standard operators that the graph uses
     * @param penultimate tensor of the features
     * @param weight tensor of the head's weight
     * @param bias tensor of the head's bias, empty where it has none
     */
    record Network(long opset, String penultimate, String weight, String bias, int features) {
    }

    /** @param accuracy null without labels */
    record Threshold(double threshold, int rank, int samples, double targetFalseAlarmRate,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double accuracy, double[] quantiles) {
    }
}
