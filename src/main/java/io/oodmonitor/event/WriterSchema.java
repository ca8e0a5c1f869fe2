package io.oodmonitor.event;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A schema from the registry, reduced to what reading needs and kept within bounds: it was written by whoever may
 * register schemas, and may not cost us memory, time or stack.
 */
final class WriterSchema {

    static final int MAX_DEPTH = 64;
    static final int MAX_TYPES = 10_000;

    private final Set<String> enclosing = new HashSet<>();
    private int types;

    private WriterSchema() {
    }

    /**
     * The schema's structure: names and types, without the properties that ask for classes or conversions.
     *
     * @throws UnusableSchemaException if it is recursive, too deep, or too large when written out in full
     */
    static Schema structureOf(Schema registered) {
        new WriterSchema().check(registered, 1);
        try {
            return new Schema.Parser().parse(SchemaNormalization.toParsingForm(registered));
        } catch (AvroRuntimeException e) {
            throw new UnusableSchemaException("the schema has no canonical form: " + e.getMessage());
        }
    }

    private void check(Schema schema, int depth) {
        types++;
        if (depth > MAX_DEPTH || types > MAX_TYPES) {
            throw new UnusableSchemaException("a schema may be " + MAX_DEPTH + " types deep and hold " + MAX_TYPES
                + " in all, but this one is larger");
        }
        switch (schema.getType()) {
            case RECORD -> {
                if (!enclosing.add(schema.getFullName())) {
                    throw new UnusableSchemaException("a schema may not contain itself, but " + schema.getFullName()
                        + " does");
                }
                schema.getFields().forEach(field -> check(field.schema(), depth + 1));
                enclosing.remove(schema.getFullName());
            }
            case ARRAY -> check(schema.getElementType(), depth + 1);
            case MAP -> check(schema.getValueType(), depth + 1);
            case UNION -> schema.getTypes().forEach(branch -> check(branch, depth + 1));
            default -> {
                // The others hold no types.
            }
        }
    }
}
