package io.oodmonitor.onnx;

import java.util.function.Supplier;

/** Graphs that contradict themselves in a way that no check names: nodes without inputs, attributes without values. */
final class Contradiction {

    private Contradiction() {
    }

    /** What reading a graph gives; an {@link UnsupportedModelException} for whatever it trips over. */
    static <T> T refused(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UnsupportedModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnsupportedModelException("the graph contradicts itself: " + e, e);
        } catch (StackOverflowError e) {
            throw new UnsupportedModelException("the graph has more nodes in a row than can be followed", e);
        }
    }
}
