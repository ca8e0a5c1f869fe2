package io.oodmonitor.bench;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Decoding and resizing alone, as the engine does it. */
record DecodeLimit(Workload workload, Framing framing) {

    /** Images per second on so many threads. */
    double imagesPerSecond(int threads, Duration length) throws Exception {
        Repeated.imagesPerSecond(lanes(threads), length.dividedBy(4));
        return Repeated.imagesPerSecond(lanes(threads), length);
    }

    private List<Repeated.Work> lanes(int threads) {
        return IntStream.range(0, threads).mapToObj(this::lane).toList();
    }

    private Repeated.Work lane(int first) {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, framing);
        ByteBuffer pixels = ByteBuffer.allocateDirect(framing.bytes());
        long[] next = {(long) first * workload.samples().size() / 2};
        return () -> {
            pixels.clear().put(Workload.decode(decoder, workload.payload(next[0]++)).pixels());
            return 1;
        };
    }
}
