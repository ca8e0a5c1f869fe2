package io.oodmonitor.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * How many times faster the best of the larger batches is than batches of 1; empty where one of them was not measured.
 *
 * @param stream  of the stream
 * @param network of bare ONNX Runtime
 */
record BatchingGain(OptionalDouble stream, OptionalDouble network) {

    static BatchingGain of(List<Trial> trials, List<NetworkRate> networks) {
        return new BatchingGain(gain(trials, trial -> trial.setting().batchSize(), Trial::imagesPerSecond),
                gain(networks, NetworkRate::batchSize, NetworkRate::imagesPerSecond));
    }

    private static <T> OptionalDouble gain(List<T> measured, ToIntFunction<T> batchSize, ToDoubleFunction<T> rate) {
        OptionalDouble single = measured.stream().filter(one -> batchSize.applyAsInt(one) == 1).mapToDouble(rate).max();
        OptionalDouble larger = measured.stream().filter(one -> batchSize.applyAsInt(one) > 1).mapToDouble(rate).max();
        return single.isEmpty() || larger.isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(larger.getAsDouble() / single.getAsDouble());
    }
}
