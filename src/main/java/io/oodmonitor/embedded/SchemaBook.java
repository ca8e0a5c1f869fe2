package io.oodmonitor.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/**
 * Subjects and their schemas: ids are global and never reused, versions count per subject, and a new version must be
 * compatible with earlier ones. Kept in a file if there is one: what was answered survives a crash. Thread-safe.
 */
final class SchemaBook {

    private static final String DEFAULT_COMPATIBILITY = "BACKWARD";
    private static final List<String> COMPATIBILITIES = List.of("NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD",
            "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A version of a subject. */
    record Entry(String subject, int version, int id, String schema) {}

    private final Optional<Path> file;
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, TreeMap<Integer, Integer>> subjects = new TreeMap<>();
    private final Map<String, String> compatibility = new LinkedHashMap<>();

    private SchemaBook(Optional<Path> file) {
        this.file = file;
    }

    static SchemaBook open(Optional<Path> file) throws IOException {
        SchemaBook book = new SchemaBook(file);
        if (file.isPresent() && Files.exists(file.get())) {
            JsonNode root = JSON.readTree(Files.readString(file.get()));
            root.path("schemas").forEach(schema -> book.schemas.add(schema.asText()));
            root.path("subjects").fields().forEachRemaining(subject -> {
                TreeMap<Integer, Integer> versions = new TreeMap<>();
                subject.getValue().fields().forEachRemaining(version ->
                        versions.put(Integer.valueOf(version.getKey()), version.getValue().asInt()));
                book.subjects.put(subject.getKey(), versions);
            });
            root.path("compatibility").fields().forEachRemaining(level ->
                    book.compatibility.put(level.getKey(), level.getValue().asText()));
        }
        return book;
    }

    synchronized int register(String subject, String text) throws RegistryError, IOException {
        Schema schema = parse(text);
        Optional<Entry> same = find(subject, schema);
        if (same.isPresent()) {
            return same.get().id();
        }
        Optional<String> conflict = conflict(subject, schema);
        if (conflict.isPresent()) {
            throw RegistryError.incompatible(conflict.get());
        }
        int index = schemas.indexOf(schema.toString());
        if (index < 0) {
            schemas.add(schema.toString());
            index = schemas.size() - 1;
        }
        TreeMap<Integer, Integer> versions = subjects.computeIfAbsent(subject, s -> new TreeMap<>());
        versions.put(versions.isEmpty() ? 1 : versions.lastKey() + 1, index + 1);
        save();
        return index + 1;
    }

    synchronized Entry lookUp(String subject, String text) throws RegistryError {
        versions(subject);
        return find(subject, parse(text)).orElseThrow(RegistryError::schemaNotFound);
    }

    private Optional<Entry> find(String subject, Schema schema) {
        return subjects.getOrDefault(subject, new TreeMap<>()).entrySet().stream()
                .filter(version -> schemas.get(version.getValue() - 1).equals(schema.toString()))
                .map(version -> entry(subject, version)).findFirst();
    }

    private Entry entry(String subject, Map.Entry<Integer, Integer> version) {
        return new Entry(subject, version.getKey(), version.getValue(), schemas.get(version.getValue() - 1));
    }

    synchronized String schema(int id) throws RegistryError {
        if (id < 1 || id > schemas.size()) {
            throw RegistryError.schemaNotFound();
        }
        return schemas.get(id - 1);
    }

    /** Every version of every subject that has the schema of this id. */
    synchronized List<Entry> uses(int id) throws RegistryError {
        schema(id);
        List<Entry> uses = new ArrayList<>();
        subjects.forEach((subject, versions) -> versions.entrySet().stream()
                .filter(version -> version.getValue() == id).forEach(version -> uses.add(entry(subject, version))));
        return uses;
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    synchronized List<Integer> versionNumbers(String subject) throws RegistryError {
        return List.copyOf(versions(subject).keySet());
    }

    /** @param version a number, or latest */
    synchronized Entry version(String subject, String version) throws RegistryError {
        TreeMap<Integer, Integer> versions = versions(subject);
        if (version.equals("latest")) {
            return entry(subject, versions.lastEntry());
        }
        try {
            Integer number = Integer.valueOf(version);
            if (versions.containsKey(number)) {
                return entry(subject, Map.entry(number, versions.get(number)));
            }
        } catch (NumberFormatException e) {
            // No such version, either.
        }
        throw RegistryError.versionNotFound(version);
    }

    /** Deletes a subject; ids stay readable. */
    synchronized List<Integer> delete(String subject) throws RegistryError, IOException {
        List<Integer> deleted = versionNumbers(subject);
        subjects.remove(subject);
        save();
        return deleted;
    }

    private TreeMap<Integer, Integer> versions(String subject) throws RegistryError {
        TreeMap<Integer, Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw RegistryError.subjectNotFound(subject);
        }
        return versions;
    }

    /** @param subject empty for the default */
    synchronized String compatibility(Optional<String> subject) {
        String all = compatibility.getOrDefault("", DEFAULT_COMPATIBILITY);
        return subject.map(name -> compatibility.getOrDefault(name, all)).orElse(all);
    }

    synchronized void setCompatibility(Optional<String> subject, String level) throws RegistryError, IOException {
        if (!COMPATIBILITIES.contains(level)) {
            throw RegistryError.invalidCompatibility(level);
        }
        compatibility.put(subject.orElse(""), level);
        save();
    }

    /** Whether the schema could become the subject's next version. */
    synchronized boolean isCompatible(String subject, String text) throws RegistryError {
        return conflict(subject, parse(text)).isEmpty();
    }

    private Optional<String> conflict(String subject, Schema schema) {
        String level = compatibility(Optional.of(subject));
        List<Schema> earlier = new ArrayList<>();
        for (int id : subjects.getOrDefault(subject, new TreeMap<>()).descendingMap().values()) {
            earlier.add(new Schema.Parser().parse(schemas.get(id - 1)));
        }
        if (level.equals("NONE") || earlier.isEmpty()) {
            return Optional.empty();
        }
        SchemaValidatorBuilder strategy = new SchemaValidatorBuilder();
        strategy = level.startsWith("BACKWARD") ? strategy.canReadStrategy()
                : level.startsWith("FORWARD") ? strategy.canBeReadStrategy() : strategy.mutualReadStrategy();
        SchemaValidator validator = level.endsWith("TRANSITIVE") ? strategy.validateAll() : strategy.validateLatest();
        try {
            validator.validate(schema, earlier);
            return Optional.empty();
        } catch (SchemaValidationException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Schema parse(String text) throws RegistryError {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(e.getMessage());
        }
    }

    private void save() throws IOException {
        if (file.isEmpty()) {
            return;
        }
        ObjectNode root = JSON.createObjectNode();
        schemas.forEach(root.putArray("schemas")::add);
        ObjectNode all = root.putObject("subjects");
        subjects.forEach((subject, versions) -> {
            ObjectNode ids = all.putObject(subject);
            versions.forEach((version, id) -> ids.put(version.toString(), id));
        });
        ObjectNode levels = root.putObject("compatibility");
        compatibility.forEach(levels::put);
        Path target = file.get();
        Path next = target.resolveSibling(target.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(root.toPrettyString().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
