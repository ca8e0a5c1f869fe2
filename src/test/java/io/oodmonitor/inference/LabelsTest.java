package io.oodmonitor.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {

    private static final List<String> CLASSES = List.of("crane", "bolt", "crane", "nut");

    @Test
    void shouldTakeNamesBeforeIndices() {
        Labels labels = Labels.ofDataset(CLASSES);
        assertThat(labels.of(sample("a", Optional.of("nut"), OptionalInt.of(0)))).hasValue(3);
        assertThat(labels.of(sample("a", Optional.of("crane"), OptionalInt.of(2)))).hasValue(0);
        assertThat(labels.of(sample("a", Optional.empty(), OptionalInt.of(2)))).hasValue(2);
        assertThat(labels.of(sample("a", Optional.empty(), OptionalInt.empty()))).isEmpty();
        assertThat(Labels.unknown().of(sample("a", Optional.of("nut"), OptionalInt.of(0)))).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoClass() {
        Labels labels = Labels.ofDataset(CLASSES);
        assertThatThrownBy(() -> labels.of(sample("x/1.png", Optional.of("gear"), OptionalInt.empty())))
                .isInstanceOf(InferenceException.class).hasMessage("the label of x/1.png must be a class of the network,"
                        + " which has 4 (crane, bolt, crane, nut), but is 'gear'");
        assertThatThrownBy(() -> labels.of(sample("x/1.png", Optional.empty(), OptionalInt.of(4))))
                .hasMessage("the label of x/1.png must be 0 to 3, but is 4");
    }

    @Test
    void shouldReadAFileOfNamesAndIndices(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("labels.csv"), "a, b.png,nut\n\nc.png, 1\n");
        Labels labels = Labels.ofFile(file, CLASSES, images("x.png", "c.png"));
        assertThat(labels.of(sample("a, b.png", Optional.empty(), OptionalInt.of(0)))).hasValue(3);
        assertThat(labels.of(sample("c.png", Optional.empty(), OptionalInt.empty()))).hasValue(1);
        assertThat(labels.of(sample("d.png", Optional.empty(), OptionalInt.of(0)))).isEmpty();
    }

    @Test
    void shouldNameTheLineThatIsWrong(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("labels.csv"), "a.png,nut\nb.png,7\n");
        assertThatThrownBy(() -> Labels.ofFile(file, CLASSES, images("a.png")))
                .hasMessage("the label in line 2 of " + file + " must be 0 to 3, but is 7");
        Files.writeString(file, "b.png,nut\n");
        assertThatThrownBy(() -> Labels.ofFile(file, CLASSES, images("x/b.png", "c.png")))
                .hasMessage("no line of " + file + " names one of the images: the first is called 'x/b.png'");
        Files.write(file, new byte[] {'a', ',', (byte) 0xe9});
        assertThatThrownBy(() -> Labels.ofFile(file, CLASSES, images("a")))
                .hasMessage(file + " must be text in UTF-8, but is not");
        Files.writeString(file, "a.png nut\n");
        assertThatThrownBy(() -> Labels.ofFile(file, CLASSES, images("a.png")))
                .hasMessage("line 1 of " + file + " must be IMAGE,LABEL, but is 'a.png nut'");
    }

    private static Samples images(String... ids) {
        return new Samples() {

            @Override
            public Stream<Sample> open() {
                return Stream.of(ids).map(id -> sample(id, Optional.empty(), OptionalInt.empty()));
            }

            @Override
            public long size() {
                return ids.length;
            }
        };
    }

    private static Sample sample(String id, Optional<String> label, OptionalInt index) {
        return new Sample(id, label, index, new Payload.Encoded(new byte[0]));
    }
}
