package io.oodmonitor.inference;

import io.oodmonitor.dataset.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which class of a network an image is of. Immutable.
 */
public final class Labels {

    private final List<String> classes;
    private final Map<String, Integer> indices = new HashMap<>();
    private final Map<String, Integer> byImage;

    private Labels(List<String> classes, Map<String, Integer> byImage) {
        this.classes = List.copyOf(classes);
        this.byImage = byImage;
        for (int c = 0; c < classes.size(); c++) {
            // ImageNet has two classes named crane: either name is the first of them.
            indices.putIfAbsent(classes.get(c), c);
        }
    }

    /** The labels that a data set itself has: names of the network's classes, or indices where it has no names. */
    public static Labels ofDataset(List<String> classes) {
        return new Labels(classes, Map.of());
    }

    /**
     * Labels from a file of lines {@code IMAGE,LABEL}: the image as its data set names it, and the index or the name of
     * its class.
     *
     * @throws InferenceException in one sentence with the line's number, if a line is something else
     */
    public static Labels ofFile(Path file, List<String> classes) throws IOException {
        Labels names = ofDataset(classes);
        Map<String, Integer> byImage = new HashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int comma = line.indexOf(',');
            if (comma > 0) {
                String label = line.substring(comma + 1).strip();
                byImage.put(line.substring(0, comma).strip(), names.index(label, "line " + (i + 1) + " of " + file));
            } else if (!line.isEmpty()) {
                throw new InferenceException(
                        "line " + (i + 1) + " of " + file + " must be IMAGE,LABEL, but is '" + line + "'");
            }
        }
        return new Labels(classes, Map.copyOf(byImage));
    }

    /**
     * The index of an image's class, if that is known.
     *
     * @throws InferenceException if it is labelled with what is no class of the network
     */
    public OptionalInt of(Sample sample) {
        if (!byImage.isEmpty()) {
            Integer index = byImage.get(sample.id());
            return index == null ? OptionalInt.empty() : OptionalInt.of(index);
        }
        if (sample.label().isPresent()) {
            return OptionalInt.of(index(sample.label().get(), "the label of " + sample.id()));
        }
        sample.labelIndex().ifPresent(index -> requireClass(index, "the label of " + sample.id()));
        return sample.labelIndex();
    }

    private int index(String label, String where) {
        Integer index = indices.get(label);
        if (index == null && label.matches("\\d{1,9}")) {
            index = Integer.valueOf(label);
            requireClass(index, where);
        }
        if (index == null) {
            throw new InferenceException(where + " must be a class of the network, which has " + classes.size() + " ("
                    + String.join(", ", classes.subList(0, Math.min(5, classes.size())))
                    + (classes.size() > 5 ? ", ..." : "") + "), but is '" + label + "'");
        }
        return index;
    }

    private void requireClass(int index, String where) {
        if (index < 0 || index >= classes.size()) {
            throw new InferenceException(
                    where + " must be 0 to " + (classes.size() - 1) + ", but is " + index);
        }
    }
}
