package io.oodmonitor.cli;

import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A data set's image as the event that brings it to the monitor. */
public final class SampleEvent {

    private SampleEvent() {}

    /**
     * An event of an image that is captured now.
     *
     * @param label of the image, or null
     */
    public static ImageEvent of(Sample sample, String id, String source, String label) {
        ImageEvent.Builder event = ImageEvent.newBuilder().setId(id).setSource(source)
                .setCapturedAt(Instant.now()).setLabel(label).setImage(ByteBuffer.wrap(sample.payload().bytes()));
        if (sample.payload() instanceof Payload.Rgb8 pixels) {
            event.setEncoding(ImageEncoding.RGB8).setHeight(pixels.height()).setWidth(pixels.width());
        } else {
            event.setEncoding(ImageEncoding.ENCODED);
        }
        return event.build();
    }
}
