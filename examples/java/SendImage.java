import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends one image to the monitor with Kafka's client and Avro, and nothing of ours:
 *
 * <pre>java -cp 'target/app/lib/*' examples/java/SendImage.java BOOTSTRAP REGISTRY SCHEMA.avsc IMAGE_FILE ID</pre>
 *
 * With Confluent's serializer, its KafkaAvroSerializer does what is done here by hand.
 */
public final class SendImage {

    private SendImage() {}

    public static void main(String[] arguments) throws Exception {
        Schema schema = new Schema.Parser().parse(Path.of(arguments[2]).toFile());
        GenericRecord event = new GenericRecordBuilder(schema)
                .set("id", arguments[4]).set("source", "java").set("captured_at", System.currentTimeMillis())
                .set("encoding", new GenericData.EnumSymbol(schema.getField("encoding").schema(), "ENCODED"))
                .set("image", ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[3])))).build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(bytes);
        head.writeByte(0);
        head.writeInt(register(arguments[1], "images-value", schema));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(event, encoder);
        encoder.flush();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", arguments[0]),
                new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("images", arguments[4], bytes.toByteArray())).get();
        }
    }

    private static int register(String registry, String subject, Schema schema) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String body = json.createObjectNode().put("schema", schema.toString()).toString();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(registry + "/subjects/" + subject + "/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        return json.readTree(answer.body()).path("id").asInt();
    }
}
