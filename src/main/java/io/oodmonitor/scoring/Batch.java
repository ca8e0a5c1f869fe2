package io.oodmonitor.scoring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Pixels of up to {@code capacity} images side by side, uint8 NHWC, and beside them the network's results, all in
 * direct memory that ONNX Runtime reads and writes in place. Who may touch it is decided by {@link BatchQueue}.
 */
public final class Batch {

    private final int imageBytes;
    private final ByteBuffer pixels;
    private final FloatBuffer scores;
    private final LongBuffer classes;
    private final FloatBuffer confidences;
    private final int featuresPerImage;
    private final FloatBuffer features;
    private final CompletableFuture<Score>[] futures;
    private final long[] reservedAt;

    /** Of the latest scores; the network that made them sets it. */
    private int maskVersion;

    // Guarded by the BatchQueue's lock.
    private int reserved;
    private int drawn;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Batch(int capacity, int imageBytes, int featuresPerImage) {
        this.imageBytes = imageBytes;
        this.pixels = direct(Math.multiplyExact(capacity, imageBytes));
        this.scores = direct(capacity * Float.BYTES).asFloatBuffer();
        this.classes = direct(capacity * Long.BYTES).asLongBuffer();
        this.confidences = direct(capacity * Float.BYTES).asFloatBuffer();
        this.featuresPerImage = featuresPerImage;
        this.features = direct(Math.multiplyExact(capacity, featuresPerImage * Float.BYTES)).asFloatBuffer();
        this.futures = new CompletableFuture[capacity];
        this.reservedAt = new long[capacity];
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** The pixels of images [from, to), a view. */
    public ByteBuffer pixels(int from, int to) {
        return pixels.slice(from * imageBytes, (to - from) * imageBytes).order(ByteOrder.nativeOrder());
    }

    /** Where the scores of images [from, to) go, a view. */
    public FloatBuffer scores(int from, int to) {
        return scores.slice(from, to - from);
    }

    /** Where the predicted classes of images [from, to) go, a view. */
    public LongBuffer classes(int from, int to) {
        return classes.slice(from, to - from);
    }

    /** Where the confidences of images [from, to) go, a view. */
    public FloatBuffer confidences(int from, int to) {
        return confidences.slice(from, to - from);
    }

    /** Where the features of images [from, to) go, a view; nothing where the network gives none. */
    public FloatBuffer features(int from, int to) {
        return features.slice(from * featuresPerImage, (to - from) * featuresPerImage);
    }

    /** Says which mask the scores were made with. */
    void scoredWith(int version) {
        maskVersion = version;
    }

    public int capacity() {
        return futures.length;
    }

    int size() {
        return reserved;
    }

    boolean isFull() {
        return reserved == futures.length;
    }

    boolean isDrawn() {
        return drawn == reserved;
    }

    long openedAt() {
        return reservedAt[0];
    }

    /** When an image got its slot. */
    long reservedAt(int index) {
        return reservedAt[index];
    }

    /** Takes the next slot for an image. */
    int reserve(CompletableFuture<Score> future, long now) {
        reservedAt[reserved] = now;
        futures[reserved] = future;
        return reserved++;
    }

    void drawn() {
        drawn++;
    }

    CompletableFuture<Score> future(int index) {
        return futures[index];
    }

    void complete(int from, int to) {
        for (int i = from; i < to; i++) {
            float[] h = new float[featuresPerImage];
            features.get(i * featuresPerImage, h);
            futures[i].complete(
                    new Score(scores.get(i), Math.toIntExact(classes.get(i)), confidences.get(i), h, maskVersion));
        }
    }

    void clear() {
        Arrays.fill(futures, 0, reserved, null);
        reserved = 0;
        drawn = 0;
    }
}
