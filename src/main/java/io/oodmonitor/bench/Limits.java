package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/**
 * What bounds a stream, each measured alone with every core to itself, in images per second.
 *
 * @param network bare ONNX Runtime at its best
 * @param decode  decoding and resizing
 * @param broker  the same bytes produced and consumed
 */
record Limits(double network, double decode, double broker) {

    /** One of them. */
    record Limit(String name, double imagesPerSecond) {}

    Limits {
        requirePositive("network", network);
        requirePositive("decode", decode);
        requirePositive("broker", broker);
    }

    private static void requirePositive(String name, double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("the limit " + name + " must be above 0, but is " + rate);
        }
    }

    List<Limit> alone() {
        return List.of(new Limit("network", network), new Limit("decode and resize", decode),
                new Limit("broker", broker));
    }

    Limit lowest() {
        return alone().stream().min(Comparator.comparingDouble(Limit::imagesPerSecond)).orElseThrow();
    }

    /** What is left of them when all three share the cores: their times for an image add up. */
    double together() {
        return 1 / (1 / network + 1 / decode + 1 / broker);
    }
}
