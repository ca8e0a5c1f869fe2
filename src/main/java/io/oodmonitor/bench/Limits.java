package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/**
 * What bounds a stream, each measured alone with every core to itself, in images per second.
 *
 * @param network bare ONNX Runtime at its best
 * @param decode  decoding and resizing
 * @param loop    both: what a program does that decodes a batch, has ONNX Runtime score it, and no more
 * @param broker  the same bytes produced and consumed
 * @param copying Kafka Streams on that broker, with a topology that only copies
 */
record Limits(double network, double decode, double loop, double broker, double copying) {

    /** One of them. */
    record Limit(String name, double imagesPerSecond) {}

    Limits {
        requirePositive("network", network);
        requirePositive("decode", decode);
        requirePositive("loop", loop);
        requirePositive("broker", broker);
        requirePositive("copying", copying);
    }

    private static void requirePositive(String name, double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("the limit " + name + " must be above 0, but is " + rate);
        }
    }

    /** Without the loop, which is two of them. */
    List<Limit> alone() {
        return List.of(new Limit("network", network), new Limit("decode and resize", decode),
                new Limit("broker", broker), new Limit("copying topology", copying));
    }

    Limit lowest() {
        return alone().stream().min(Comparator.comparingDouble(Limit::imagesPerSecond)).orElseThrow();
    }

    /** The loop and copying on the same cores: their times for an image add up, and copying's has the broker's in it. */
    double together() {
        return 1 / (1 / loop + 1 / copying);
    }
}
