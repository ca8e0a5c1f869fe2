package io.oodmonitor.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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

/** Photos of the shared data in turn: decoding, decoding and framing in one, and the Java runtime's own decoder. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PhotoBenchmark {
    private static final Path DATA = Path.of(System.getProperty("ood.shared", "../shared"), "data");

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Param({"imagenet-sample", "textures"})
    public String set;

    private final List<byte[]> photos = new ArrayList<>();
    private ImageDecoder framing;
    private int next;

    @Setup
    public void read() throws IOException {
        Path folder = DATA.resolve(set);
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("skipped: " + folder + " is absent (set OOD_SHARED to where it is)");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                photos.add(Files.readAllBytes(file));
            }
        }
        framing = new ImageDecoder(ImageLimits.DEFAULT, set.equals("textures")
                ? Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR)
                : Framing.cropThenResize(0.875, 224, 224, Interpolation.BILINEAR));
        ImageIO.setUseCache(false);
    }

    @Benchmark
    public RgbImage decode() throws ImageRejectedException {
        return decoder.decode(ByteBuffer.wrap(photo()));
    }

    @Benchmark
    public RgbImage decodeAndFrame() throws ImageRejectedException {
        return framing.decode(ByteBuffer.wrap(photo()));
    }

    @Benchmark
    public BufferedImage decodeByImageIo() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(photo()));
    }

    private byte[] photo() {
        next = next + 1 < photos.size() ? next + 1 : 0;
        return photos.get(next);
    }
}
