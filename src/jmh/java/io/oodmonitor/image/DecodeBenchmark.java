package io.oodmonitor.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding by file format: 500 x 375 pixels unless the name says otherwise; the WebP files are those of the tests. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Param({"jpeg-420", "jpeg-444", "jpeg-420-progressive", "jpeg-32x32", "png", "png-32x32", "bmp",
        "webp-lossy-45x35", "webp-lossless-45x35"})
    public String file;

    private byte[] bytes;

    @Setup
    public void make() throws IOException {
        bytes = switch (file) {
            case "jpeg-420" -> DrawnFiles.jpeg(375, 500, 2, false);
            case "jpeg-444" -> DrawnFiles.jpeg(375, 500, 1, false);
            case "jpeg-420-progressive" -> DrawnFiles.jpeg(375, 500, 2, true);
            case "jpeg-32x32" -> DrawnFiles.jpeg(32, 32, 2, false);
            case "png" -> DrawnFiles.png(375, 500);
            case "png-32x32" -> DrawnFiles.png(32, 32);
            case "bmp" -> DrawnFiles.bmp(375, 500);
            case "webp-lossy-45x35" -> Fixtures.bytes("webp-lossy-80.webp");
            case "webp-lossless-45x35" -> Fixtures.bytes("webp-lossless.webp");
            default -> throw new IllegalArgumentException("no file is called " + file);
        };
    }

    @Benchmark
    public RgbImage decode() throws ImageRejectedException {
        return decoder.decode(ByteBuffer.wrap(bytes));
    }
}
