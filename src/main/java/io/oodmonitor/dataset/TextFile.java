package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of lines: names of classes, labels. */
public final class TextFile {

    private TextFile() {
    }

    /**
     * All lines of a file in UTF-8.
     *
     * @throws IOException in one sentence that names the file
     */
    public static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " must be text in UTF-8, but is not", e);
        }
    }
}
