package io.oodmonitor.cli;

import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.fit.FitImage;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.image.RgbImage;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A data set's images for the fitter, which walks through them twice. One walk at a time; closing ends the one that is
 * under way. Not thread-safe.
 */
final class FitImages implements Iterable<FitImage>, AutoCloseable {

    private final Dataset dataset;
    private final List<String> classes;
    private final long skip;
    private final long limit;
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private Stream<Sample> samples = Stream.empty();

    /** @param classes names in the order of the network's outputs; empty if labels are indices already */
    FitImages(Dataset dataset, List<String> classes, long skip, long limit) {
        this.dataset = dataset;
        this.classes = List.copyOf(classes);
        this.skip = skip;
        this.limit = limit;
    }

    /** How many a walk comes by. */
    long size() {
        return Math.min(limit, Math.max(0, dataset.size() - skip));
    }

    @Override
    public Iterator<FitImage> iterator() {
        samples.close();
        samples = dataset.samples(skip, limit);
        return samples.map(sample -> new FitImage(sample.id(), label(sample), () -> read(sample.payload()))).iterator();
    }

    private OptionalInt label(Sample sample) {
        if (sample.label().isEmpty() || classes.isEmpty()) {
            return sample.labelIndex();
        }
        int index = classes.indexOf(sample.label().get());
        if (index < 0) {
            throw new CommandFailure("The label '" + sample.label().get() + "' of " + sample.id()
                    + " is none of the " + classes.size() + " classes given");
        }
        return OptionalInt.of(index);
    }

    private RgbImage read(Payload payload) throws ImageRejectedException {
        ByteBuffer bytes = ByteBuffer.wrap(payload.bytes());
        return payload instanceof Payload.Rgb8 raw ? decoder.raw(bytes, raw.height(), raw.width())
                : decoder.decode(bytes);
    }

    @Override
    public void close() {
        samples.close();
    }
}
