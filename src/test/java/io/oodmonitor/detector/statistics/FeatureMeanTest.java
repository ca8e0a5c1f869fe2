package io.oodmonitor.detector.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.detector.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureMeanTest {

    @Test
    void shouldReadWhatNumpyWrote() throws Exception {
        double[] values = Fixtures.doubles(Files.readString(Fixtures.file("vector.txt")));
        assertThat(FeatureMean.read(Fixtures.file("float64.npy")).values()).isEqualTo(values);
        assertThat(FeatureMean.read(Fixtures.file("big-endian.npy")).values()).isEqualTo(values);
        double[] narrowed = FeatureMean.read(Fixtures.file("float32.npy")).values();
        for (int i = 0; i < values.length; i++) {
            assertThat(narrowed[i]).isEqualTo((float) values[i]);
        }
    }

    @Test
    void shouldWriteTheBytesThatNumpyWrites(@TempDir Path folder) throws Exception {
        Path written = folder.resolve("mean.npy");
        FeatureMean.read(Fixtures.file("float64.npy")).write(written);
        assertThat(written).hasSameBinaryContentAs(Fixtures.file("float64.npy"));
    }

    @Test
    void shouldRefuseOtherArrays(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> FeatureMean.read(Fixtures.file("matrix.npy"))).isInstanceOf(IOException.class)
                .hasMessageContaining("must hold a one-dimensional array of float64 or float32, but its header is");
        Path text = Files.writeString(folder.resolve("text.npy"), "not an array at all");
        assertThatThrownBy(() -> FeatureMean.read(text)).isInstanceOf(IOException.class)
                .hasMessage(text + " is not a NumPy array: it does not begin with \\x93NUMPY");
        byte[] whole = Files.readAllBytes(Fixtures.file("float64.npy"));
        Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> FeatureMean.read(cut)).isInstanceOf(IOException.class)
                .hasMessage(cut + " must hold 5 values of 8 bytes, but 39 bytes follow its header");
    }

    @Test
    void shouldRefuseHeadersThatNobodyWrites(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(Fixtures.file("float64.npy"));
        byte[] later = whole.clone();
        later[6] = 4;
        Path version = Files.write(folder.resolve("version.npy"), later);
        assertThatThrownBy(() -> FeatureMean.read(version)).isInstanceOf(IOException.class)
                .hasMessage(version + " must be of version 1 to 3 of NumPy's format, but is of version 4");
        byte[] grown = Arrays.copyOf(whole, 70_000);
        grown[8] = 0x11;
        grown[9] = 0x27;
        Path long1 = Files.write(folder.resolve("long.npy"), grown);
        assertThatThrownBy(() -> FeatureMean.read(long1)).isInstanceOf(IOException.class)
                .hasMessage(long1 + " must have a header of at most 10000 bytes, but has one of 10001");
        byte[] lines = whole.clone();
        Arrays.fill(lines, 12, 60, (byte) '\n');
        Path many = Files.write(folder.resolve("lines.npy"), lines);
        assertThatThrownBy(() -> FeatureMean.read(many)).isInstanceOf(IOException.class)
                .hasMessageContaining("but its header is ").message().hasLineCount(1);
    }

    @Test
    void shouldRefuseMeansThatAreNotFinite() {
        assertThatThrownBy(() -> new FeatureMean(new double[] {1, Double.NaN}))
                .hasMessage("a feature mean must be finite, but the mean of feature 1 is NaN");
    }
}
