package io.oodmonitor.image;

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

/** An image of 500 x 375 pixels brought to a network's size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FramingBenchmark {
    private final RgbImage image = DrawnFiles.pixels(375, 500);

    @Param({"224", "32"})
    public int side;

    @Param({"STRETCH", "CROP_THEN_RESIZE", "RESIZE_THEN_CROP"})
    public Framing.Policy policy;

    @Param({"BILINEAR", "BICUBIC"})
    public Interpolation interpolation;

    private Framing framing;
    private ByteBuffer pixels;

    @Setup
    public void frame() {
        framing = new Framing(side, side, policy, policy == Framing.Policy.STRETCH ? 1 : 0.875, interpolation);
        pixels = ByteBuffer.allocateDirect(framing.bytes());
    }

    @Benchmark
    public ByteBuffer draw() {
        framing.draw(image, pixels.clear());
        return pixels;
    }
}
