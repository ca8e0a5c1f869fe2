import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints alerts as JSON, one a line, with Kafka's client and Avro, and nothing of ours; ends at the alert of the image
 * ID, if one is given:
 *
 * <pre>java -cp 'target/app/lib/*' examples/java/ReadAlerts.java BOOTSTRAP REGISTRY GROUP [ID]</pre>
 */
public final class ReadAlerts {

    private static final Map<Integer, Schema> SCHEMAS = new HashMap<>();

    private ReadAlerts() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0], "group.id", arguments[2],
                "auto.offset.reset", "earliest",
                // Each verdict once: what a transaction that failed left behind is not for us.
                "isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("ood-alerts"));
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    GenericRecord alert = read(arguments[1], record.value());
                    boolean wanted = arguments.length < 4 || alert.get("id").toString().equals(arguments[3]);
                    if (wanted) {
                        System.out.println(alert);
                    }
                    if (wanted && arguments.length == 4) {
                        return;
                    }
                }
            }
        }
    }

    /** Byte 0, the id of the writer's schema in four bytes, and Avro. */
    private static GenericRecord read(String registry, byte[] value) throws Exception {
        ByteBuffer head = ByteBuffer.wrap(value);
        if (head.get() != 0) {
            throw new IllegalArgumentException("not in the wire format");
        }
        int id = head.getInt();
        Schema schema = SCHEMAS.get(id);
        if (schema == null) {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id)).build(),
                    HttpResponse.BodyHandlers.ofString());
            schema = new Schema.Parser().parse(new ObjectMapper().readTree(answer.body()).path("schema").asText());
            SCHEMAS.put(id, schema);
        }
        return new GenericDatumReader<GenericRecord>(schema).read(null, DecoderFactory.get().binaryDecoder(value, 5,
                value.length - 5, null));
    }
}
