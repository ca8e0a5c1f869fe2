package io.oodmonitor.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of a network, by name and by index. Immutable. */
final class ClassNames {

    private static final int SHOWN = 5;

    private final List<String> names;
    private final Map<String, Integer> indices = new HashMap<>();

    ClassNames(List<String> names) {
        this.names = List.copyOf(names);
        for (int c = 0; c < names.size(); c++) {
            // ImageNet has two classes named crane: either name is the first of them.
            indices.putIfAbsent(names.get(c), c);
        }
    }

    /**
     * The index of a class by its name, or by its index in digits.
     *
     * @param where what is labelled so, for the message
     * @throws InferenceException if there is none
     */
    int index(String label, String where) {
        Integer index = indices.get(label);
        if (index == null && label.matches("\\d{1,9}")) {
            return checked(Integer.parseInt(label), where);
        }
        if (index == null) {
            throw new InferenceException(where + " must be a class of the network, which has " + names.size() + " ("
                    + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                    + (names.size() > SHOWN ? ", ..." : "") + "), but is '" + label + "'");
        }
        return index;
    }

    /** @throws InferenceException if no class has this index */
    int checked(int index, String where) {
        if (index < 0 || index >= names.size()) {
            throw new InferenceException(where + " must be 0 to " + (names.size() - 1) + ", but is " + index);
        }
        return index;
    }
}
