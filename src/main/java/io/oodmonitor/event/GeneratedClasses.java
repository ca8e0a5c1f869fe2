package io.oodmonitor.event;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The classes that make up one generated record. Avro asks this which class a schema's name stands for, and gets one of
 * these or none: INVARIANT: no name that came with a record or from a registry is ever looked for on the class path.
 *
 * <p>Immutable. (Avro 1.12.2's own lookup finds whatever {@link TrustedRecords} trusts, all of our records.)
 */
final class GeneratedClasses extends SpecificData {

    private final Map<String, Class<?>> byName = new HashMap<>();

    private GeneratedClasses(ClassLoader loader) {
        super(loader);
    }

    static GeneratedClasses of(Class<? extends SpecificRecord> type) {
        GeneratedClasses classes = new GeneratedClasses(type.getClassLoader());
        classes.add(SpecificData.get().getSchema(type));
        return classes;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> byName.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }

    /** Follows the generated class's own schema, which is part of the program. */
    private void add(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (addClass(schema)) {
                    schema.getFields().forEach(field -> add(field.schema()));
                }
            }
            case ENUM, FIXED -> addClass(schema);
            case ARRAY -> add(schema.getElementType());
            case MAP -> add(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::add);
            default -> {
                // The others have no class of their own.
            }
        }
    }

    private boolean addClass(Schema schema) {
        try {
            String name = SpecificData.getClassName(schema);
            return byName.put(schema.getFullName(), Class.forName(name, true, getClassLoader())) == null;
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no class was generated for " + schema.getFullName(), e);
        }
    }
}
