package io.oodmonitor.event;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro makes objects only of classes that it was told to trust. Ours are the generated records and enums of this project,
 * and no name in a schema from outside leads to any other class.
 */
public final class TrustedRecords {

    private static final String PACKAGE = "io.oodmonitor.";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(),
                type -> type.getName().startsWith(PACKAGE)
                        && (SpecificRecord.class.isAssignableFrom(type) || type.isEnum())));
    }

    private TrustedRecords() {}

    /** Has to be called once before Avro reads a record of ours. */
    public static void trust() {
        // The class is initialised by now.
    }
}
