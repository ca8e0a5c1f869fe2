package io.oodmonitor.dataset;

import java.util.List;

/** A NumPy array in a pickle: first made, then told what it is. Not thread-safe. */
final class PickledArray {

    List<Object> shape = List.of();
    String type = "";
    boolean columnMajor;
    Pickle.Content content = new Pickle.Content(0, 0);
}
