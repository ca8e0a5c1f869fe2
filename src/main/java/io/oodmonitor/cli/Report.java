package io.oodmonitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures as a JSON file, for whoever computes with them. */
public final class Report {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Report() {}

    /**
     * Writes the file, over one that is there.
     *
     * @throws CommandFailure if it cannot be written
     */
    public static void write(Path file, JsonNode figures) {
        try {
            Files.writeString(file, MAPPER.writeValueAsString(figures) + "\n");
        } catch (IOException e) {
            throw new CommandFailure("The report cannot be written: " + Failures.sentence(e), e);
        }
    }
}
