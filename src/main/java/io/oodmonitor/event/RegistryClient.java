package io.oodmonitor.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Speaks to schema registries over the Confluent REST API.
 *
 * <p>Ids and schemas are remembered both ways within bounds; that an id is unknown is remembered for some seconds; of
 * many threads that ask for the same at once, one asks the registry. Thread-safe.
 */
public final class RegistryClient {

    /** For how long an id counts as unknown once the registry has said so. */
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    static final int MAX_SCHEMAS = 256;
    static final int MAX_UNKNOWN = 10_000;

    private record Registration(String subject, Schema schema) {
    }

    private final RegistryTransport transport;
    private final boolean autoRegister;
    private final LookupCache<Integer, Schema> schemas;
    private final LookupCache<Registration, Integer> registered;
    private final LookupCache<Registration, Integer> found;

    /** Connects with the first request, not before. */
    public RegistryClient(RegistrySettings settings) {
        this(settings, System::nanoTime);
    }

    RegistryClient(RegistrySettings settings, LongSupplier nanoClock) {
        this.transport = new RegistryTransport(settings);
        this.autoRegister = settings.autoRegister();
        this.schemas = new LookupCache<>(MAX_SCHEMAS, MAX_UNKNOWN, UNKNOWN_FOR, nanoClock);
        // What a subject lacks may be registered the next moment: not remembered.
        this.registered = new LookupCache<>(MAX_SCHEMAS, 0, Duration.ZERO, nanoClock);
        this.found = new LookupCache<>(MAX_SCHEMAS, 0, Duration.ZERO, nanoClock);
    }

    /**
     * The Avro schema of that id.
     *
     * @throws UnknownSchemaException       if the registry has none
     * @throws UnusableSchemaException      if it is no Avro schema, or refers to others
     * @throws RegistryUnavailableException if no registry answered
     */
    public Schema schemaById(int id) {
        if (id < 0) {
            throw new UnknownSchemaException("a schema's id is never negative, but this is " + id);
        }
        return schemas.get(id, () -> fetch(id));
    }

    /**
     * The id to write records of that subject with: registers the schema first if the settings say so.
     *
     * @throws RegistryRefusedException     if the schema is incompatible, or not there and not to be registered
     * @throws RegistryUnavailableException if no registry answered
     */
    public int idFor(String subject, Schema schema) {
        if (autoRegister) {
            return register(subject, schema);
        }
        return lookup(subject, schema).orElseThrow(() -> new RegistryRefusedException(
            "subject " + subject + " holds no version equal to the schema of " + schema.getFullName() + "; register it,"
                + " or set " + RegistrySettings.AUTO_REGISTER + " to true"));
    }

    /**
     * Registers a schema under a subject, unless it is there already; its id.
     *
     * @throws RegistryRefusedException     if the schema is invalid or incompatible with what the subject holds
     * @throws RegistryUnavailableException if no registry answered
     */
    public int register(String subject, Schema schema) {
        return registered.get(new Registration(subject, schema), () -> {
            RegistryReply reply = transport.post(versions("/subjects/", subject), body(schema));
            if (reply.isSuccess()) {
                return id(reply);
            }
            String because = reply.status() == 409 ? " as incompatible with what the subject holds" : "";
            throw new RegistryRefusedException("the schema registry " + reply.from() + " refuses the schema of "
                + schema.getFullName() + " for subject " + subject + because + " (" + reply.message() + ")");
        });
    }

    /** The id of a schema under a subject; empty if the subject does not hold it. */
    public OptionalInt lookup(String subject, Schema schema) {
        try {
            return OptionalInt.of(found.get(new Registration(subject, schema), () -> {
                RegistryReply reply = transport.post("/subjects/" + escape(subject), body(schema));
                if (reply.isNotFound()) {
                    throw new UnknownSchemaException(reply.message());
                }
                return id(requireSuccess(reply));
            }));
        } catch (UnknownSchemaException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether the registry would take the schema as the subject's next version. A new subject takes any. */
    public Compatibility compatibility(String subject, Schema schema) {
        String path = versions("/compatibility/subjects/", subject) + "/latest?verbose=true";
        RegistryReply reply = transport.post(path, body(schema));
        if (reply.isNotFound()) {
            return new Compatibility(true, List.of());
        }
        JsonNode answer = requireSuccess(reply).body();
        List<String> reasons = new ArrayList<>();
        answer.path("messages").forEach(message -> reasons.add(message.asText()));
        return new Compatibility(answer.path("is_compatible").asBoolean(), reasons);
    }

    private Schema fetch(int id) {
        RegistryReply reply = transport.get("/schemas/ids/" + id);
        if (reply.isNotFound()) {
            throw new UnknownSchemaException("the schema registry " + reply.from() + " knows no schema of id " + id);
        }
        JsonNode answer = requireSuccess(reply).body();
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnusableSchemaException("schema " + id + " must be of type AVRO, but is of type " + type);
        }
        if (!answer.path("references").isEmpty()) {
            throw new UnusableSchemaException("schema " + id + " must stand alone, but refers to other subjects");
        }
        try {
            return new Schema.Parser().setValidateDefaults(false).parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UnusableSchemaException("schema " + id + " is no Avro schema: " + e.getMessage());
        }
    }

    private static int id(RegistryReply reply) {
        JsonNode id = reply.body().path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw new RegistryUnavailableException("the schema registry " + reply.from() + " answered without an id", null);
        }
        return id.intValue();
    }

    private static RegistryReply requireSuccess(RegistryReply reply) {
        if (!reply.isSuccess()) {
            throw new RegistryRefusedException("the schema registry " + reply.from() + " refuses the request ("
                + reply.message() + ")");
        }
        return reply;
    }

    private static ObjectNode body(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    private static String versions(String prefix, String subject) {
        return prefix + escape(subject) + "/versions";
    }

    private static String escape(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
