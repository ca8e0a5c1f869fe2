package io.oodmonitor.demo;

import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.render.PartClass;
import io.oodmonitor.render.PartRenderer;
import io.oodmonitor.render.Render;
import io.oodmonitor.render.SeedRange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the cameras send: JPEG files of parts, of other things during an episode, and now and then a damaged file. The
 * pictures are a function of the seed and the image's number. Not thread-safe.
 */
final class Factory {

    /** One in so many in-distribution images is cut off on its way. */
    private static final int DAMAGED = 400;

    private final PartRenderer renderer = new PartRenderer();
    private final Script script;
    private final long seed;

    /** @param seed of the demo's pictures, from 0 to 1,000,000 */
    Factory(Script script, long seed) {
        this.script = script;
        this.seed = seed * 1_000_000;
    }

    /** A labelled in-distribution image to calibrate with. */
    ImageEvent calibrationImage(long number) {
        PartClass part = part(number);
        Render picture = renderer.render(part, SeedRange.CALIBRATION.seed(seed + number));
        return event("calibration-" + number, "calibration", picture.jpeg(), Instant.now(), part.label());
    }

    /** What the demo remembers of an image, before it is sent. */
    SentImage plan(long number, Duration when) {
        String source = Script.SOURCES.get((int) (number % Script.SOURCES.size()));
        Optional<Episode> episode = script.episode(source, when);
        boolean damaged = episode.isEmpty() && number % DAMAGED == DAMAGED - 1;
        return new SentImage("image-" + number, source, episode, damaged);
    }

    ImageEvent draw(SentImage image, long number, Instant capturedAt) {
        long pictureSeed = SeedRange.DEMO.seed(seed + number);
        Render picture = image.episode().map(episode -> renderer.render(episode.kind(), pictureSeed))
                .orElseGet(() -> renderer.render(part(number), pictureSeed));
        byte[] file = picture.jpeg();
        return event(image.id(), image.source(), image.damaged() ? Arrays.copyOf(file, file.length / 2) : file,
                capturedAt, null);
    }

    /** The parts come in no order that a source's images would show. */
    private static PartClass part(long number) {
        PartClass[] parts = PartClass.values();
        return parts[Math.floorMod(number * 7 + number / parts.length, parts.length)];
    }

    private static ImageEvent event(String id, String source, byte[] file, Instant capturedAt, String label) {
        return ImageEvent.newBuilder().setId(id).setSource(source).setCapturedAt(capturedAt)
                .setEncoding(ImageEncoding.ENCODED).setImage(ByteBuffer.wrap(file)).setLabel(label).build();
    }
}
