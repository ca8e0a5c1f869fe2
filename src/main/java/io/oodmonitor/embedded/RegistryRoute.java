package io.oodmonitor.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What answers a method on paths of one pattern.
 *
 * @param pattern segments; "*" stands for any one
 */
record RegistryRoute(String method, List<String> pattern, Answer answer) {

    /** Makes the JSON of an answer out of a request and the segments that the pattern left open. */
    @FunctionalInterface
    interface Answer {
        Object to(RegistryRequest request, List<String> open) throws RegistryError, IOException;
    }

    static RegistryRoute of(String methodAndPattern, Answer answer) {
        String[] parts = methodAndPattern.split(" ");
        List<String> pattern = Arrays.stream(parts[1].split("/")).filter(segment -> !segment.isEmpty()).toList();
        return new RegistryRoute(parts[0], pattern, answer);
    }

    /** The segments where the pattern has "*"; empty if the path is another. */
    Optional<List<String>> match(List<String> path) {
        if (path.size() != pattern.size()) {
            return Optional.empty();
        }
        List<String> open = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (pattern.get(i).equals("*")) {
                open.add(path.get(i));
            } else if (!pattern.get(i).equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(open);
    }
}
