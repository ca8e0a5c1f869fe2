package io.oodmonitor.web;

import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.render.OddKind;
import io.oodmonitor.render.PartClass;
import io.oodmonitor.render.PartRenderer;
import io.oodmonitor.render.SeedRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What cameras over a conveyor see: parts that the shipped model knows, and what does not belong. Thread-safe. */
final class Cameras implements AutoCloseable {

    static final List<String> SOURCES = List.of("camera-1", "camera-2", "camera-3");

    private static final int PARTS = 150;
    private static final int ODD = 24;

    private final RunningMonitor running;
    private final KafkaProducer<byte[], ImageEvent> producer;
    private final PartRenderer renderer = new PartRenderer();
    private final List<byte[]> parts = pictures(PARTS, number ->
            renderer.render(part(number), SeedRange.DEMO.seed(number)).jpeg());
    private final List<byte[]> odd = pictures(ODD, number ->
            renderer.render(number % 3 == 0 ? OddKind.UNSEEN_PART : OddKind.FOREIGN_OBJECT,
                    SeedRange.DEMO.seed(PARTS + number)).jpeg());
    private final Random random = new Random(6);
    private long number;
    private int sent;

    Cameras(RunningMonitor running) {
        this.running = running;
        this.producer = running.producer();
    }

    private static List<byte[]> pictures(int count, LongFunction<byte[]> draw) {
        return LongStream.range(0, count).mapToObj(draw).toList();
    }

    private static PartClass part(long number) {
        PartClass[] classes = PartClass.values();
        return classes[(int) (number % classes.length)];
    }

    /** Labelled parts to calibrate with. */
    synchronized void calibrate(int images) {
        for (long i = 0; i < images; i++) {
            PartClass part = part(i);
            send(running.topics().calibrationImages(), "calibration", Instant.now(),
                    renderer.render(part, SeedRange.CALIBRATION.seed(i)).jpeg(), part.label());
        }
        producer.flush();
    }

    /**
     * Sends the next image of a source.
     *
     * @param at   when it came
     * @param odd  whether it shows what does not belong
     * @return its id
     */
    synchronized String send(String source, Instant at, boolean odd) {
        sent++;
        List<byte[]> pictures = odd ? this.odd : parts;
        return send(running.topics().images(), source, at, pictures.get(random.nextInt(pictures.size())), null);
    }

    private String send(String topic, String source, Instant at, byte[] file, String label) {
        String id = "frame-" + ++number;
        producer.send(new ProducerRecord<>(topic, null, at.toEpochMilli(), source.getBytes(StandardCharsets.UTF_8),
                ImageEvent.newBuilder().setId(id).setSource(source).setCapturedAt(Instant.now())
                        .setEncoding(ImageEncoding.ENCODED).setImage(ByteBuffer.wrap(file)).setLabel(label).build()));
        return id;
    }

    /** Goes on until closed: five images a second from each, and the last of them sees what does not belong. */
    Live live() {
        return new Live();
    }

    final class Live implements AutoCloseable {

        private static final long PAUSE_MILLIS = 200;

        private final ScheduledExecutorService sending = Executors.newSingleThreadScheduledExecutor();

        private Live() {
            sending.scheduleAtFixedRate(() -> SOURCES.forEach(source ->
                    send(source, Instant.now(), source.equals(SOURCES.get(SOURCES.size() - 1)))), 0, PAUSE_MILLIS,
                    TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            sending.shutdown();
            try {
                if (!sending.awaitTermination(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the cameras do not stop");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            flush();
        }
    }

    /** How many images were sent to be judged. */
    synchronized int sent() {
        return sent;
    }

    /** Something that does not belong, as a file. */
    byte[] oddPicture() {
        return odd.get(1);
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
