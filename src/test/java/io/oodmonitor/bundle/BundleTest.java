package io.oodmonitor.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.onnx.TinyNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path models;
    private Path folder;

    @BeforeEach
    void nameTheFolder() {
        folder = models.resolve("tiny");
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        BundleContent content = TinyBundle.content();
        BundleWriter.write(content, folder);
        Bundle bundle = Bundle.read(folder);
        assertThat(bundle.name()).isEqualTo("tiny");
        assertThat(bundle.version()).isEqualTo("1");
        assertThat(bundle.created()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(bundle.framing()).isEqualTo(TinyBundle.FRAMING);
        assertThat(bundle.height()).isEqualTo(TinyNetwork.SIZE);
        assertThat(bundle.width()).isEqualTo(TinyNetwork.SIZE);
        assertThat(bundle.normalization()).isEqualTo(TinyBundle.NORMALIZATION);
        assertThat(bundle.classes()).isEqualTo(TinyBundle.CLASSES);
        assertThat(bundle.detector()).isEqualTo(new Dice(50));
        assertThat(bundle.detectorVersion()).isEqualTo("dice@50#0");
        assertThat(bundle.featureMean()).isEqualTo(content.statistics().featureMean());
        assertThat(bundle.features()).isEqualTo(TinyNetwork.FEATURES);
        assertThat(bundle.head().weight()).isEqualTo(content.head().head().weight());
        assertThat(bundle.penultimate()).isEqualTo("features");
        assertThat(bundle.opset()).isEqualTo(13);
        assertThat(bundle.modelFile()).exists();
        assertThat(bundle.fittedThreshold()).isEqualTo(content.threshold());
    }

    @Test
    void shouldDoWithoutAThreshold() {
        BundleWriter.write(TinyBundle.content(new Energy(), TinyBundle.CLASSES, Optional.empty()), folder);
        assertThat(Bundle.read(folder).fittedThreshold()).isEmpty();
        assertThat(Bundle.read(folder).detectorVersion()).isEqualTo("energy#0");
    }

    @Test
    void shouldTakeItsVersionFromTheContentWhereNoneIsGiven() {
        String dice = writtenVersion(new Dice(50), "a");
        assertThat(dice).matches("[0-9a-f]{12}").isEqualTo(writtenVersion(new Dice(50), "b"))
                .isNotEqualTo(writtenVersion(new Dice(60), "c"));
    }

    private String writtenVersion(Dice detector, String name) {
        BundleContent given = TinyBundle.content(detector, TinyBundle.CLASSES, Optional.empty());
        return BundleWriter.write(new BundleContent(given.name(), Optional.empty(), given.created(), given.runtime(),
                given.framing(), given.normalization(), given.classes(), given.detector(), given.statistics(),
                given.head(), given.graph(), given.threshold()), models.resolve(name)).version();
    }

    @Test
    void shouldReplaceABundleOnlyWhenToldAndKeepOtherFiles() throws IOException {
        Files.createDirectories(folder.resolve("training"));
        Files.writeString(folder.resolve("training/recipe.py"), "recipe");
        Files.createSymbolicLink(folder.resolve("data"), models.getParent());
        BundleWriter.write(TinyBundle.content(), folder);
        assertThatThrownBy(() -> BundleWriter.write(TinyBundle.content(), folder)).isInstanceOf(BundleException.class)
                .hasMessage(folder + " must not hold a bundle yet, but holds bundle.json");
        BundleWriter.replace(TinyBundle.content(new Energy(), TinyBundle.CLASSES, Optional.empty()), folder);
        assertThat(Bundle.read(folder).detectorVersion()).isEqualTo("energy#0");
        assertThat(folder.resolve("training/recipe.py")).hasContent("recipe");
        assertThat(Files.readSymbolicLink(folder.resolve("data"))).isEqualTo(models.getParent());
        assertThat(models).isDirectoryNotContaining(path -> !path.equals(folder));
    }

    @Test
    void shouldLeaveNothingBehindWhereTheContentIsWrong() {
        assertThatThrownBy(() -> BundleWriter.write(
                TinyBundle.content(new Energy(), List.of("bolt", "nut"), Optional.empty()), folder))
                .isInstanceOf(BundleException.class).hasMessage("bundle " + folder
                        + " is refused: the head of model.onnx has 3 classes, but bundle.json names 2");
        assertThat(models).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAMaskOfOtherStatistics() {
        BundleContent given = TinyBundle.content();
        BundleContent other = new BundleContent(given.name(), given.version(), given.created(), given.runtime(),
                given.framing(), given.normalization(), given.classes(), given.detector(),
                IdStatistics.of(new FeatureMean(new double[] {-1, -2, -3, -4, -5, -6})), given.head(), given.graph(),
                given.threshold());
        assertThatThrownBy(() -> BundleWriter.write(other, folder)).hasMessage("bundle " + folder + " is refused: the"
                + " mask in model.onnx must be that of dice@50 with feature-mean.npy, but differs from it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "feature-mean.npy"})
    void shouldRefuseAFlippedByteAnywhere(String name) throws IOException {
        BundleWriter.write(TinyBundle.content(), folder);
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            Files.write(folder.resolve(name), flipped);
            assertThatThrownBy(() -> Bundle.read(folder)).isInstanceOf(BundleException.class).hasMessageMatching(
                    "bundle \\S+ is refused: the SHA-256 digest of " + name
                            + " must be [0-9a-f]{64}, but is [0-9a-f]{64}");
        }
    }

    @Test
    void shouldRefuseMissingFiles() throws IOException {
        assertThatThrownBy(() -> Bundle.read(folder)).hasMessage(folder + " is no bundle: it must hold bundle.json");
        BundleWriter.write(TinyBundle.content(), folder);
        Files.delete(folder.resolve("feature-mean.npy"));
        assertThatThrownBy(() -> Bundle.read(folder))
                .hasMessage("bundle " + folder + " is refused: its file feature-mean.npy is missing");
    }

    @Test
    void shouldRefuseALinkOutOfTheFolder() throws IOException {
        BundleWriter.write(TinyBundle.content(), folder);
        Path elsewhere = Files.move(folder.resolve("model.onnx"), models.resolve("elsewhere.onnx"));
        Files.createSymbolicLink(folder.resolve("model.onnx"), elsewhere);
        assertThatThrownBy(() -> Bundle.read(folder)).hasMessage("bundle " + folder
                + " is refused: its files must lie inside its folder, but 'model.onnx' links out of it");
    }

    static Stream<Arguments> wrongManifests() {
        return Stream.of(
                wrong("its format must be 1, but is 2", json -> json.put("format", 2)),
                wrong("its name must be letters, digits, dots, dashes and underscores, at most 100, but is '../x'",
                        json -> json.put("name", "../x")),
                wrong("its files must lie inside its folder, but '../secret' does not",
                        json -> ((ObjectNode) json.get("files")).put("../secret", "00")),
                wrong("its files must lie inside its folder, but '/etc/passwd' does not",
                        json -> ((ObjectNode) json.get("files")).put("/etc/passwd", "00")),
                wrong("its files must include model.onnx, but are [feature-mean.npy]",
                        json -> ((ObjectNode) json.get("files")).remove("model.onnx")),
                wrong("the head of model.onnx has 3 classes, but bundle.json names 2",
                        json -> ((ArrayNode) json.get("classes")).remove(0)),
                wrong("class 1 must have a name, but has none",
                        json -> ((ArrayNode) json.get("classes")).set(1, " ")),
                wrong("the sparsity of dice must be at least 0 and below 100, but is 100.0",
                        json -> json.put("detector", "dice@100")),
                wrong("model.onnx must score by dice@40, but scores by dice@50",
                        json -> json.put("detector", "dice@40")),
                wrong("the graph must take 'images', uint8 [N, 8, 4, 3], but takes ['images', UINT8 [N, 4, 4, 3]]",
                        json -> ((ObjectNode) json.get("input")).put("height", 8)),
                wrong("the standard deviation must be 3 numbers above 0, but is [0.4, 0.5, 0.0]",
                        json -> ((ArrayNode) json.get("input").get("std")).set(2, 0.0)),
                wrong("the mean must be 3 finite numbers, but is [null, 0.2, 0.3]",
                        json -> ((ArrayNode) json.get("input").get("mean")).setNull(0)),
                wrong("framing share must be above 0 and at most 1, but is 0.0",
                        json -> ((ObjectNode) json.get("input")).put("share", 0)),
                wrong("the head of model.onnx takes 6 features, but bundle.json says 5",
                        json -> ((ObjectNode) json.get("network")).put("features", 5)),
                wrong("threshold must be finite, but is Infinity",
                        json -> ((ObjectNode) json.get("threshold")).put("threshold", Double.POSITIVE_INFINITY)),
                wrong("rank must be in 1 to 100 (samples), but is 101",
                        json -> ((ObjectNode) json.get("threshold")).put("rank", 101)),
                wrong("bundle.json must name detector, but does not", json -> json.putNull("detector")));
    }

    private static Arguments wrong(String message, Consumer<ObjectNode> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongManifests")
    void shouldRefuseManifestsThatDoNotFitWithOneSentence(String message, Consumer<ObjectNode> change)
            throws IOException {
        BundleWriter.write(TinyBundle.content(), folder);
        ObjectNode json = (ObjectNode) JSON.readTree(folder.resolve("bundle.json").toFile());
        change.accept(json);
        JSON.writeValue(folder.resolve("bundle.json").toFile(), json);
        assertThatThrownBy(() -> Bundle.read(folder)).isInstanceOf(BundleException.class)
                .hasMessage("bundle " + folder + " is refused: " + message);
    }

    @Test
    void shouldRefuseADetectorOfThousandsOfParts() throws IOException {
        BundleWriter.write(TinyBundle.content(), folder);
        ObjectNode json = (ObjectNode) JSON.readTree(folder.resolve("bundle.json").toFile());
        json.put("detector", "dice@50" + "+dice@50".repeat(100_000));
        JSON.writeValue(folder.resolve("bundle.json").toFile(), json);
        assertThatThrownBy(() -> Bundle.read(folder)).isInstanceOf(BundleException.class)
                .hasMessageContaining("a detector must be ");
    }

    @Test
    void shouldRefuseAManifestThatIsTooLong() throws IOException {
        BundleWriter.write(TinyBundle.content(), folder);
        Path manifest = Files.writeString(folder.resolve("bundle.json"), " ".repeat((16 << 20) + 1));
        assertThatThrownBy(() -> Bundle.read(folder)).isInstanceOf(BundleException.class)
                .hasMessage(manifest + " must have at most 16777216 bytes, but has 16777217");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "null", "{", "[]", "{\"format\": 1, \"colour\": 2}", "{\"format\": \"one\"}", "{\"format\": null}"})
    void shouldRefuseTextThatIsNoManifestWithOneSentence(String text) throws IOException {
        BundleWriter.write(TinyBundle.content(), folder);
        Files.writeString(folder.resolve("bundle.json"), text);
        assertThatThrownBy(() -> Bundle.read(folder)).isInstanceOf(BundleException.class).satisfies(e ->
                assertThat(e.getMessage()).startsWith(folder.resolve("bundle.json") + " is no manifest of a bundle: ")
                        .doesNotContain("\n"));
    }
}
