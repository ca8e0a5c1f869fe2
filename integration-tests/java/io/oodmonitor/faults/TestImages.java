package io.oodmonitor.faults;

import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.scoring.CommandedNetwork;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** Events of every kind for the tiny bundle, from a seed. Not thread-safe. */
final class TestImages {

    private static final int SIDE = TinyNetwork.SIZE;

    private final Random random;

    TestImages(long seed) {
        random = new Random(seed);
    }

    ImageEvent of(Kind kind, String id, String source) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        random.nextBytes(pixels);
        ImageEvent.Builder event = ImageEvent.newBuilder().setId(id).setSource(source).setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE);
        switch (kind) {
            case DAMAGED -> damage(event, pixels);
            case POISONED -> {
                Arrays.fill(pixels, CommandedNetwork.POISON);
                event.setImage(ByteBuffer.wrap(pixels));
            }
            case CALIBRATION -> event.setImage(ByteBuffer.wrap(pixels))
                    .setLabel(TinyBundle.CLASSES.get(random.nextInt(TinyBundle.CLASSES.size())));
            case IMAGE, UNLABELLED -> event.setImage(ByteBuffer.wrap(pixels));
        }
        return event.build();
    }

    /** Of unknown format, of the wrong length, or empty. */
    private void damage(ImageEvent.Builder event, byte[] pixels) {
        switch (random.nextInt(3)) {
            case 0 -> {
                pixels[0] = 0;
                event.setEncoding(ImageEncoding.ENCODED).setImage(ByteBuffer.wrap(pixels));
            }
            case 1 -> event.setImage(ByteBuffer.wrap(pixels, 0, pixels.length - 1));
            default -> event.setImage(ByteBuffer.allocate(0));
        }
    }
}
