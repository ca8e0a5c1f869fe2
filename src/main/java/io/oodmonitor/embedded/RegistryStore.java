package io.oodmonitor.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The rules of a registry: what may be registered, found and deleted. What a call has changed is saved before it
 * returns, and a change that cannot be saved did not happen. Thread-safe.
 */
final class RegistryStore implements AutoCloseable {

    private final Optional<RegistryFile> file;
    private volatile RegistryContents contents;

    private RegistryStore(Optional<RegistryFile> file, RegistryContents contents) {
        this.file = file;
        this.contents = contents;
    }

    /** In that folder, or in memory. */
    static RegistryStore open(Optional<Path> folder) throws IOException {
        if (folder.isEmpty()) {
            return new RegistryStore(Optional.empty(), RegistryContents.EMPTY);
        }
        RegistryFile file = RegistryFile.in(folder.get());
        try {
            return new RegistryStore(Optional.of(file), file.load());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    RegistryContents contents() {
        return contents;
    }

    /** The schema's id. */
    synchronized int register(String name, String text) throws RegistryError, IOException {
        Schema schema = parse(text);
        String canonical = schema.toString();
        int known = contents.idOf(canonical);
        if (known > 0 && contents.subject(name).withId(known, false).isPresent()) {
            return known;
        }
        List<String> objections = objections(name, schema);
        if (!objections.isEmpty()) {
            throw new RegistryError(409, 409, "Schema being registered is incompatible with an earlier schema for subject \""
                + name + "\", details: " + objections);
        }
        RegistryContents next = known > 0 ? contents : contents.plus(canonical);
        int id = next.idOf(canonical);
        change(next.with(name, next.subject(name).plus(id)));
        return id;
    }

    /** Where the subject holds that schema. */
    RegistryVersion find(String name, String text, boolean withDeleted) throws RegistryError {
        RegistrySubject subject = subject(name, withDeleted);
        return subject.withId(contents.idOf(parse(text).toString()), withDeleted)
            .orElseThrow(RegistryError::schemaNotFound);
    }

    /** Refuses a name without versions to show. */
    RegistrySubject subject(String name, boolean withDeleted) throws RegistryError {
        RegistrySubject subject = contents.subject(name);
        if (subject.versions(withDeleted).isEmpty()) {
            throw RegistryError.subjectNotFound(name);
        }
        return subject;
    }

    /** By number, or "latest" or "-1". */
    RegistryVersion version(String name, String version, boolean withDeleted) throws RegistryError {
        List<RegistryVersion> versions = subject(name, withDeleted).versions(withDeleted);
        if (version.equals("latest") || version.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        int number = number(version);
        return versions.stream().filter(v -> v.version() == number).findFirst()
            .orElseThrow(() -> RegistryError.versionNotFound(version));
    }

    String schema(String id) throws RegistryError {
        List<String> schemas = contents.schemas();
        try {
            return schemas.get(Math.subtractExact(Integer.parseInt(id), 1));
        } catch (NumberFormatException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new RegistryError(404, 40403, "Schema " + id + " not found");
        }
    }

    /** The versions deleted: softly, or for good those that were softly deleted before. */
    synchronized List<Integer> delete(String name, boolean permanent) throws RegistryError, IOException {
        RegistrySubject subject = subject(name, true);
        if (permanent && !subject.isSoftlyDeleted()) {
            throw new RegistryError(404, 40405,
                "Subject '" + name + "' was not deleted first before being permanently deleted");
        }
        if (!permanent && subject.isSoftlyDeleted()) {
            throw new RegistryError(404, 40404,
                "Subject '" + name + "' was soft deleted.Set permanent=true to delete permanently");
        }
        List<Integer> deleted = subject.versions(permanent).stream().map(RegistryVersion::version).toList();
        change(contents.with(name, permanent ? RegistrySubject.EMPTY : subject.softlyWithout(v -> true)));
        return deleted;
    }

    /** The version deleted, likewise. */
    synchronized int delete(String name, String version, boolean permanent) throws RegistryError, IOException {
        RegistrySubject subject = subject(name, permanent);
        RegistryVersion found = version(name, version, true);
        if (permanent && !found.deleted()) {
            throw new RegistryError(404, 40407, "Subject '" + name + "' Version " + version
                + " was not deleted first before being permanently deleted");
        }
        if (!permanent && found.deleted()) {
            throw new RegistryError(404, 40406, "Subject '" + name + "' Version " + version
                + " was soft deleted.Set permanent=true to delete permanently");
        }
        Predicate<RegistryVersion> same = found::equals;
        change(contents.with(name, permanent ? subject.without(same) : subject.softlyWithout(same)));
        return found.version();
    }

    synchronized void setCompatibility(RegistryCompatibility level) throws IOException {
        change(contents.with(level));
    }

    /** Null: by the registry's level again. */
    synchronized void setCompatibility(String name, RegistryCompatibility level) throws IOException {
        change(contents.with(name, contents.subject(name).with(level)));
    }

    /** Why the subject would not take the schema as its next; empty if it would. */
    List<String> objections(String name, Schema schema) {
        RegistrySubject subject = contents.subject(name);
        return level(subject).objections(schema, subject.versions(false).stream().map(this::parsed).toList());
    }

    /** The same against one version alone. */
    List<String> objections(String name, Schema schema, RegistryVersion version) {
        return level(contents.subject(name)).objections(schema, List.of(parsed(version)));
    }

    static Schema parse(String text) throws RegistryError {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(e.getMessage());
        }
    }

    private RegistryCompatibility level(RegistrySubject subject) {
        return subject.compatibility() == null ? contents.compatibility() : subject.compatibility();
    }

    private Schema parsed(RegistryVersion version) {
        return new Schema.Parser().parse(contents.schemas().get(version.id() - 1));
    }

    private static int number(String version) throws RegistryError {
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Neither a number nor "latest": the same as below.
        }
        throw RegistryError.invalidVersion(version);
    }

    private void change(RegistryContents next) throws IOException {
        if (file.isPresent()) {
            file.get().save(next);
        }
        contents = next;
    }

    @Override
    public synchronized void close() {
        file.ifPresent(RegistryFile::close);
    }
}
