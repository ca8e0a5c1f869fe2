package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/** What stands in the middle of measurements, which disturbances move less than a mean. Stateless. */
final class Median {

    private Median() {
    }

    /** Of an even number, the lower one of the two in the middle; there must be one at least. */
    static <T> T of(List<T> measured, Comparator<? super T> order) {
        return measured.stream().sorted(order).toList().get((measured.size() - 1) / 2);
    }
}
