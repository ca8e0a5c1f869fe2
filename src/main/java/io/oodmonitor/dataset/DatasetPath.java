package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a data set lies, and which part of it is meant: PATH or PATH#PART.
 *
 * @param path the file or folder
 * @param part the part, as its format names it; empty for the one that it takes by itself
 */
public record DatasetPath(Path path, Optional<String> part) {

    private static final char SEPARATOR = '#';
    private static final Pattern FIRST = Pattern.compile("first([1-9][0-9]{0,9})");

    public DatasetPath {
        Objects.requireNonNull(path, "path");
        if (part.isPresent() && part.get().isEmpty()) {
            throw new IllegalArgumentException("part of data set " + path + " must not be empty");
        }
    }

    /**
     * What is written before and after the last '#'; a path that is there as it is written has no part.
     *
     * @throws IOException if there is nothing at the path
     */
    public static DatasetPath of(Path written) throws IOException {
        if (Files.exists(written)) {
            return new DatasetPath(written, Optional.empty());
        }
        String text = written.toString();
        int separator = text.lastIndexOf(SEPARATOR);
        if (separator < 1) {
            throw new IOException("data set " + written + " does not exist");
        }
        Path path = Path.of(text.substring(0, separator));
        if (!Files.exists(path)) {
            throw new IOException("data set " + path + " does not exist");
        }
        String part = text.substring(separator + 1);
        if (part.isEmpty()) {
            throw new IOException("data set " + written + " must name a part after '#', as in "
                    + path.getFileName() + "#test");
        }
        return new DatasetPath(path, Optional.of(part));
    }

    /** N if the part is firstN: the first N images of each class, or of the set if it has no classes. */
    OptionalLong first() {
        Matcher matcher = FIRST.matcher(part.orElse(""));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The name of the file or folder, and of the part where one is given. */
    String name() {
        Path file = path.toAbsolutePath().normalize().getFileName();
        return (file == null ? path : file) + part.map(text -> SEPARATOR + text).orElse("");
    }

    @Override
    public String toString() {
        return path + part.map(text -> SEPARATOR + text).orElse("");
    }
}
