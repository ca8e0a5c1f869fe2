package io.oodmonitor.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** bundle.json as text: strict in what it reads. */
final class ManifestFile {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .defaultPropertyInclusion(JsonInclude.Value.ALL_ALWAYS)
            .build();

    /** That of a thousand classes takes 60 kB. */
    private static final int MAX_BYTES = 16 << 20;

    private ManifestFile() {
    }

    static Manifest read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new BundleException(file + " must have at most " + MAX_BYTES + " bytes, but has " + Files.size(file));
        }
        try {
            Manifest manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
            if (manifest == null) {
                throw new BundleException(file + " is no manifest of a bundle: it holds null");
            }
            return manifest;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new BundleException(file + " is no manifest of a bundle: " + reason
                    + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"), e);
        }
    }

    static void write(Manifest manifest, Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(manifest) + "\n");
    }
}
