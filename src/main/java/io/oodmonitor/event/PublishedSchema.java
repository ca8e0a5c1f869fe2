package io.oodmonitor.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The schema of a generated class as everyone may read it: the contract's own text, without notes for Java's compiler. */
public final class PublishedSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedSchema() {
    }

    /** Of that class; on the wire equal to its own. */
    public static Schema of(Class<? extends SpecificRecord> type) {
        try {
            JsonNode tree = JSON.readTree(SpecificData.get().getSchema(type).toString());
            removeNotes(tree);
            return new Schema.Parser().parse(tree.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of " + type.getName() + " is no JSON", e);
        }
    }

    private static void removeNotes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
        }
        node.forEach(PublishedSchema::removeNotes);
    }
}
