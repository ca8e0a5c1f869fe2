package io.oodmonitor.stream.prefetch;

import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.scoring.ImageSource;

/** The image inside a record's value. Keeps the event that it read on the way, for the processor. */
final class EventSource implements ImageSource {

    private final String topic;
    private final byte[] value;
    private final AvroDeserializer<ImageEvent> deserializer;
    private volatile ImageEvent event;

    EventSource(String topic, byte[] value, AvroDeserializer<ImageEvent> deserializer) {
        this.topic = topic;
        this.value = value;
        this.deserializer = deserializer;
    }

    byte[] value() {
        return value;
    }

    /** What it holds in memory. */
    int bytes() {
        return value.length;
    }

    @Override
    public RgbImage read(ImageDecoder decoder) throws ImageRejectedException {
        ImageEvent read = deserializer.deserialize(topic, value);
        event = read;
        return image(read, decoder);
    }

    /** The image of an event. */
    static RgbImage image(ImageEvent event, ImageDecoder decoder) throws ImageRejectedException {
        if (event.getEncoding() == ImageEncoding.ENCODED) {
            return decoder.decode(event.getImage());
        }
        int height = event.getHeight() == null ? 0 : event.getHeight();
        int width = event.getWidth() == null ? 0 : event.getWidth();
        return decoder.raw(event.getImage(), height, width);
    }

    /** The event, once its image was scored. */
    ImageEvent event() {
        return event;
    }
}
