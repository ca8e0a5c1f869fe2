package io.oodmonitor.bench;

import io.oodmonitor.cli.CommandFailure;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.image.RgbImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The images that a bench works on, in memory, used over and over. All of them can be decoded.
 *
 * @param name    where they come from
 * @param leftOut how many that were read cannot be decoded
 */
record Workload(String name, List<Sample> samples, int leftOut) {

    private static final int MOST_IMAGES = 1_000;
    static final long MOST_BYTES = 64L << 20;

    Workload {
        samples = List.copyOf(samples);
    }

    /** The first images of a data set: 1,000 or as many bytes of them. */
    static Workload of(Dataset dataset, int most, long mostBytes) {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<Sample> samples = new ArrayList<>();
        Optional<String> reason = Optional.empty();
        int leftOut = 0;
        long bytes = 0;
        try (Stream<Sample> stream = dataset.samples(0, Math.min(most, MOST_IMAGES))) {
            for (Iterator<Sample> each = stream.iterator(); bytes < mostBytes && each.hasNext();) {
                Sample sample = each.next();
                try {
                    decode(decoder, sample.payload());
                    samples.add(sample);
                    bytes += sample.payload().bytes().length;
                } catch (ImageRejectedException e) {
                    leftOut++;
                    reason = Optional.of(sample.id() + ": " + e.getMessage());
                }
            }
        }
        if (samples.isEmpty()) {
            throw new CommandFailure("There is no image in " + dataset.name() + " to measure with"
                    + reason.map(r -> ", as none can be read (" + r + ")").orElse(""));
        }
        return new Workload(dataset.name(), samples, leftOut);
    }

    /** Noise of the size that the network takes, as raw pixels. */
    static Workload noise(Framing framing) {
        Random random = new Random(1);
        return new Workload("noise", IntStream.range(0, 64).mapToObj(i -> {
            byte[] pixels = new byte[framing.bytes()];
            random.nextBytes(pixels);
            return new Sample("noise/" + i, Optional.empty(), OptionalInt.empty(),
                    new Payload.Rgb8(framing.height(), framing.width(), pixels));
        }).toList(), 0);
    }

    Payload payload(long number) {
        return samples.get((int) (number % samples.size())).payload();
    }

    static RgbImage decode(ImageDecoder decoder, Payload payload) throws ImageRejectedException {
        ByteBuffer bytes = ByteBuffer.wrap(payload.bytes());
        return payload instanceof Payload.Rgb8 raw ? decoder.raw(bytes, raw.height(), raw.width())
                : decoder.decode(bytes);
    }

    long meanBytes() {
        return samples.stream().mapToLong(sample -> sample.payload().bytes().length).sum() / samples.size();
    }

    /** 256 images of renderer, files of 3.1 kB. */
    String inWords() {
        boolean raw = samples.stream().allMatch(sample -> sample.payload() instanceof Payload.Rgb8);
        return Numbers.count(samples.size(), "image") + " of " + name + ", " + (raw ? "raw pixels" : "files") + " of "
                + Numbers.bytes(meanBytes());
    }
}
