package io.oodmonitor.scoring;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A network whose score is the image's first byte, so that a test knows what every image must score; it fails on batches
 * that hold an image of a chosen kind, as ONNX Runtime may.
 */
public final class PixelNetwork implements Network {

    private final Predicate<Integer> failsOn;
    private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();

    private PixelNetwork(Predicate<Integer> failsOn) {
        this.failsOn = failsOn;
    }

    public static PixelNetwork sound() {
        return new PixelNetwork(pixel -> false);
    }

    public static PixelNetwork failingOn(Predicate<Integer> firstByte) {
        return new PixelNetwork(firstByte);
    }

    @Override
    public int height() {
        return 2;
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public int features() {
        return 0;
    }

    @Override
    public void run(Batch batch, int from, int to) throws NetworkException {
        ByteBuffer pixels = batch.pixels(from, to);
        for (int i = 0; i < to - from; i++) {
            int pixel = Byte.toUnsignedInt(pixels.get(i * 12));
            if (failsOn.test(pixel)) {
                throw new NetworkException("It does not like " + pixel, null);
            }
            batch.scores(from, to).put(i, pixel);
            batch.classes(from, to).put(i, pixel % 2);
            batch.confidences(from, to).put(i, 0.5f);
        }
        batchSizes.add(to - from);
    }

    /** Sizes of the runs that succeeded, warm-up and canaries included. */
    public List<Integer> batchSizes() {
        return batchSizes;
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
