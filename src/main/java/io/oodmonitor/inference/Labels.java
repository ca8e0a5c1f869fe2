package io.oodmonitor.inference;

import io.oodmonitor.dataset.Sample;
import io.oodmonitor.dataset.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Which class of a network an image is of. */
@FunctionalInterface
public interface Labels {

    /**
     * The index of an image's class, if that is known.
     *
     * @throws InferenceException if it is labelled with what is no class of the network
     */
    OptionalInt of(Sample sample);

    /** Of images whose classes nobody knows, or that are of none. */
    static Labels unknown() {
        return sample -> OptionalInt.empty();
    }

    /** The labels that a data set itself has: names of the network's classes, or indices where it has no names. */
    static Labels ofDataset(List<String> classes) {
        ClassNames names = new ClassNames(classes);
        return sample -> {
            String where = "the label of " + sample.id();
            if (sample.label().isPresent()) {
                return OptionalInt.of(names.index(sample.label().get(), where));
            }
            sample.labelIndex().ifPresent(index -> names.checked(index, where));
            return sample.labelIndex();
        };
    }

    /**
     * Labels from a file of lines {@code IMAGE,LABEL}: the image as its data set names it, and the index or the name of
     * its class. An image that it does not name has no label.
     *
     * @param images whose labels they are
     * @throws InferenceException in one sentence, if a line is something else, or no line names one of the images
     */
    static Labels ofFile(Path file, List<String> classes, Samples images) throws IOException {
        ClassNames names = new ClassNames(classes);
        Map<String, Integer> byImage = new HashMap<>();
        List<String> lines = TextFile.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int comma = line.lastIndexOf(',');
            String where = "line " + (i + 1) + " of " + file;
            if (comma > 0) {
                byImage.put(line.substring(0, comma).strip(),
                        names.index(line.substring(comma + 1).strip(), "the label in " + where));
            } else if (!line.isEmpty()) {
                throw new InferenceException(where + " must be IMAGE,LABEL, but is '" + line + "'");
            }
        }
        try (Stream<Sample> walk = images.open()) {
            List<String> strangers = walk.map(Sample::id).takeWhile(id -> !byImage.containsKey(id)).toList();
            if (strangers.size() == images.size()) {
                throw new InferenceException("no line of " + file + " names one of the images: the first is called '"
                        + (strangers.isEmpty() ? "" : strangers.get(0)) + "'");
            }
        }
        return sample -> {
            Integer index = byImage.get(sample.id());
            return index == null ? OptionalInt.empty() : OptionalInt.of(index);
        };
    }
}
