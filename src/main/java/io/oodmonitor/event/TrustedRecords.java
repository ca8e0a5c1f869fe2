package io.oodmonitor.event;

import org.apache.avro.Conversion;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro makes objects only of classes that it was told to trust. Ours are the generated records and enums of this
 * project, and no name in a schema from outside leads to any other class.
 *
 * <p>It converts nothing. Avro loads conversions as services whenever it makes a data model, hence before it looks for
 * any class, and that is when ours become trusted: no matter which part of the program, or which test, is the first.
 */
public final class TrustedRecords extends Conversion<TrustedRecords> {

    private static final String PACKAGE = "io.oodmonitor.";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(),
                type -> type.getName().startsWith(PACKAGE)
                        && (SpecificRecord.class.isAssignableFrom(type) || type.isEnum())));
    }

    @Override
    public Class<TrustedRecords> getConvertedType() {
        return TrustedRecords.class;
    }

    @Override
    public String getLogicalTypeName() {
        return "ood-trusted-records";
    }
}
