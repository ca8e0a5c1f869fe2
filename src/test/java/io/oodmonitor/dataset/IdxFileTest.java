package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRepeatGrey(boolean gzip) throws IOException {
        Dataset dataset = Dataset.open(write(gzip, 0x803, 2, 1, 3, 1, 2, 3, 4, 5, 250));

        assertThat(dataset.name()).isEqualTo("glyphs");
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.classNames()).isEmpty();
        try (Stream<Sample> samples = dataset.samples()) {
            List<Sample> all = samples.toList();
            assertThat(all).extracting(Sample::id).containsExactly("glyphs/0", "glyphs/1");
            assertThat(all.get(1).label()).isEmpty();
            assertThat(all.get(1).labelIndex()).isEmpty();
            var pixels = (Payload.Rgb8) all.get(1).payload();
            assertThat(pixels.height()).isEqualTo(1);
            assertThat(pixels.width()).isEqualTo(3);
            assertThat(pixels.bytes()).containsExactly(4, 4, 4, 5, 5, 5, 250, 250, 250);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSkipAndLimit(boolean gzip) throws IOException {
        Dataset dataset = Dataset.open(write(gzip, 0x803, 4, 1, 1, 10, 11, 12, 13));

        assertThat(greys(dataset.samples(1, 2))).containsExactly(11, 12);
        assertThat(greys(dataset.samples(3, 9))).containsExactly(13);
        assertThat(greys(dataset.samples(4, 9))).isEmpty();
    }

    @Test
    void shouldSayWhereAFileEnds() throws IOException {
        Path file = write(true, 0x803, 3, 1, 2, 1, 2, 3);
        Dataset dataset = Dataset.open(file);

        try (Stream<Sample> samples = dataset.samples()) {
            assertThatThrownBy(samples::toList).isInstanceOf(UncheckedIOException.class)
                    .hasMessage("data set " + file + " ends within image 1 of 3");
        }
        assertThatThrownBy(() -> dataset.samples(2, 1)).isInstanceOf(UncheckedIOException.class)
                .hasMessage("data set " + file + " cannot be read: it ends before image 2 of 3");
    }

    @Test
    void shouldRefuseWhatAreNoImages() throws IOException {
        Path labels = write(false, 0x801, 3, 0, 0, 1);
        assertThatThrownBy(() -> Dataset.open(labels)).isInstanceOf(IOException.class)
                .hasMessageEndingWith("or a MATLAB file of SVHN, but is none of these");

        Path huge = write(false, 0x803, 1, 60_000, 60_000);
        assertThatThrownBy(() -> Dataset.open(huge)).isInstanceOf(IOException.class).hasMessage("IDX header of " + huge
                + " must count images of at most 2048 x 2048 pixels, but says 1 of 60000 x 60000");

        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        assertThatThrownBy(() -> Dataset.open(empty)).isInstanceOf(IOException.class)
                .hasMessageEndingWith("or a MATLAB file of SVHN, but is none of these");

        Path cut = Files.write(folder.resolve("cut"), new byte[] {0, 0, 8, 3, 0});
        assertThatThrownBy(() -> Dataset.open(cut)).isInstanceOf(IOException.class)
                .hasMessage("data set " + cut + " ends within its IDX header");
    }

    @Test
    void shouldTakeNoMemoryForPixelsThatAreNotThere() throws IOException {
        Dataset dataset = Dataset.open(write(false, 0x803, 1, 2_048, 2_048, 1));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> greys(dataset.samples())).hasMessageEndingWith("ends within image 0 of 1");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 << 20);
    }

    @Test
    void shouldTakeTheLabelsBeside() throws IOException {
        Path images = write(true, 0x803, 2, 1, 1, 10, 11);
        Path train = Files.move(images, folder.resolve("train-images-idx3-ubyte.gz"));
        Path labels = Files.write(folder.resolve("train-labels-idx1-ubyte"),
                new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 7, (byte) 200});

        try (Stream<Sample> samples = Dataset.open(train).samples()) {
            assertThat(samples.map(Sample::labelIndex)).containsExactly(OptionalInt.of(7), OptionalInt.of(200));
        }
        Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 7});
        assertThatThrownBy(() -> Dataset.open(train)).isInstanceOf(IOException.class)
                .hasMessage("labels in " + labels + " are cut off");
        Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9});
        assertThatThrownBy(() -> Dataset.open(train)).isInstanceOf(IOException.class).hasMessage("labels in " + labels
                + " must be an IDX file of 2, as many as there are images and at most 10000000, but are 3");
    }

    private Path write(boolean gzip, int magic, int size, int height, int width, int... greys) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16 + greys.length);
        bytes.putInt(magic).putInt(size).putInt(height).putInt(width);
        for (int grey : greys) {
            bytes.put((byte) grey);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (gzip) {
            try (GZIPOutputStream deflated = new GZIPOutputStream(out)) {
                deflated.write(bytes.array());
            }
        } else {
            out.write(bytes.array());
        }
        return Files.write(folder.resolve("glyphs"), out.toByteArray());
    }

    private static List<Integer> greys(Stream<Sample> samples) {
        try (samples) {
            return samples.map(sample -> (int) sample.payload().bytes()[0]).toList();
        }
    }
}
