package io.oodmonitor.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a subject asks of its next schema, by the Confluent API's names. */
enum RegistryCompatibility {

    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    /** Whether the new schema must read what the older ones wrote. */
    private final boolean readsOld;
    /** Whether the older schemas must read what the new one writes. */
    private final boolean readByOld;
    /** Whether that goes for all older versions, or only for the latest. */
    private final boolean transitive;

    RegistryCompatibility(boolean readsOld, boolean readByOld, boolean transitive) {
        this.readsOld = readsOld;
        this.readByOld = readByOld;
        this.transitive = transitive;
    }

    static Optional<RegistryCompatibility> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Why the schema may not follow the older ones, which are in order of their versions; empty if it may. */
    List<String> objections(Schema next, List<Schema> older) {
        List<String> objections = new ArrayList<>();
        int first = transitive ? 0 : Math.max(0, older.size() - 1);
        for (Schema old : older.subList(first, older.size())) {
            if (readsOld) {
                objections.addAll(objections(next, old, "the new schema cannot read the old one's records"));
            }
            if (readByOld) {
                objections.addAll(objections(old, next, "the old schema cannot read the new one's records"));
            }
        }
        return objections;
    }

    private static List<String> objections(Schema reader, Schema writer, String what) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult().getIncompatibilities()
            .stream()
            .map(i -> what + ": " + i.getType() + " at " + i.getLocation() + ", " + i.getMessage())
            .toList();
    }
}
