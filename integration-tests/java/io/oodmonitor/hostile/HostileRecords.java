package io.oodmonitor.hostile;

import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.stream.TopicNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Numbered records of a seed: the key of each is its number, unless the key is what is wrong with it. */
final class HostileRecords {

    private static final int TOO_LONG = 100_000;
    private static final List<Harm> HARMS = harms();

    private final Random random;
    private final HarmedImages images;
    private final TopicNames topics;
    private final AvroSerializer<ImageEvent> events;
    private final AvroSerializer<OodScore> scores;
    private final List<Harm> done = new ArrayList<>();

    HostileRecords(long seed, RegistryClient registry, TopicNames topics) throws IOException {
        this.random = new Random(seed);
        this.images = new HarmedImages(random);
        this.topics = topics;
        this.events = new AvroSerializer<>(registry, ImageEvent.class);
        this.scores = new AvroSerializer<>(registry, OodScore.class);
    }

    private static List<Harm> harms() {
        List<Harm> harms = new ArrayList<>();
        for (Harm harm : Harm.values()) {
            for (int i = 0; i < harm.weight(); i++) {
                harms.add(harm);
            }
        }
        return harms;
    }

    /** What was done to the record of this number. */
    Harm harm(int number) {
        return done.get(number);
    }

    /** How many there are. */
    int count() {
        return done.size();
    }

    ProducerRecord<byte[], byte[]> next() {
        int number = done.size();
        // Each at least once, and then by chance.
        Harm harm = number < Harm.values().length ? Harm.values()[number] : HARMS.get(random.nextInt(HARMS.size()));
        done.add(harm);
        byte[] key = harm == Harm.LONG_KEY ? new byte[TOO_LONG] : ByteBuffer.allocate(4).putInt(number).array();
        long now = System.currentTimeMillis();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.images(), null,
                harm == Harm.ANY_TIME ? (long) (random.nextDouble() * now) : now, key, value(harm, number));
        if (harm == Harm.LONG_HEADERS) {
            record.headers().add("hostile", new byte[TOO_LONG]);
        }
        return record;
    }

    private byte[] value(Harm harm, int number) {
        byte[] value = events.serialize(topics.images(), event(harm, number));
        return switch (harm) {
            case WIRE_FORMAT -> {
                value[0] = (byte) (1 + random.nextInt(255));
                yield value;
            }
            case UNKNOWN_SCHEMA -> {
                ByteBuffer.wrap(value).putInt(1, 1_000_000 + random.nextInt(1_000_000));
                yield value;
            }
            case OTHER_SCHEMA -> scores.serialize(topics.scores(), score(number));
            case NO_VALUE -> null;
            case FLIPPED_RECORD -> images.flipped(value, 80);
            case TRUNCATED_RECORD -> Arrays.copyOf(value, 5 + random.nextInt(value.length - 6));
            default -> value;
        };
    }

    private ImageEvent event(Harm harm, int number) {
        ImageEvent.Builder event = ImageEvent.newBuilder()
                .setId(harm == Harm.LONG_ID ? "i".repeat(TOO_LONG) : "image-" + number)
                .setSource(harm == Harm.NEW_SOURCE ? "source-" + number : "gate-" + number % 3)
                .setCapturedAt(Instant.ofEpochMilli(random.nextLong() >> 16)).setEncoding(ImageEncoding.ENCODED)
                .setImage(ByteBuffer.wrap(images.harmed(harm)));
        if (harm == Harm.WRONG_LENGTH) {
            event.setEncoding(ImageEncoding.RGB8).setHeight(1 + random.nextInt(1_000)).setWidth(1_000);
        }
        if (harm == Harm.MANY_ATTRIBUTES) {
            Map<String, String> attributes = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                attributes.put("attribute-" + i, "");
            }
            event.setAttributes(attributes);
        }
        return event.build();
    }

    private static OodScore score(int number) {
        return new OodScore("image-" + number, "gate", Instant.EPOCH, Instant.EPOCH, "parts", "1", "dice@90#0", "bolt",
                0, 0.5f, 1f, -1f, 0.0, 1L, 0.5, Verdict.IN_DISTRIBUTION);
    }
}
