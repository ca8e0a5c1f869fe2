package io.oodmonitor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The textures table of the DICE authors' DenseNet, from the golden scores of every image. */
class GoldenTableTest {

    private static final Path GOLDEN = Path.of(System.getProperty("ood.shared", "../shared")).resolve("golden");

    /** AUPR and detection error are not in the table: computed with NumPy from the same scores. */
    @ParameterizedTest
    @CsvSource({
        "maxlogit, 99.740, 11.240, 1.478", "energy, 99.737, 10.830, 1.478",
        "dice-p70, 99.715, 36.948, 1.251", "dice-p90, 99.716, 36.896, 1.241",
        "react-q90, 99.382, 2.419, 1.478", "dice-p90+react-q90, 99.444, 52.151, 0.877"})
    void shouldReproduceTheTable(String method, double auprIn, double auprOut, double detectionError)
            throws IOException {
        var metrics = metrics(method);

        assertThat(metrics.fpr95() * 100).isCloseTo(table(method, 0), within(0.0051));
        assertThat(metrics.auroc() * 100).isCloseTo(table(method, 1), within(0.0051));
        assertThat(metrics.auprIn() * 100).isCloseTo(auprIn, within(0.001));
        assertThat(metrics.auprOut() * 100).isCloseTo(auprOut, within(0.001));
        assertThat(metrics.detectionError() * 100).isCloseTo(detectionError, within(0.001));
    }

    /** The scores are rounded to six decimals, which turns 3,847 different softmax probabilities into 1. */
    @ParameterizedTest
    @CsvSource("msp, 99.800, 9.828")
    void shouldReproduceWhatRoundingLeavesOfSoftmax(String method, double auprIn, double auprOut) throws IOException {
        var metrics = metrics(method);

        assertThat(metrics.fpr95() * 100).isCloseTo(table(method, 0), within(0.0051));
        assertThat(metrics.auroc() * 100).isCloseTo(table(method, 1), within(0.17));
        assertThat(metrics.auprIn() * 100).isCloseTo(auprIn, within(0.001));
        assertThat(metrics.auprOut() * 100).isCloseTo(auprOut, within(0.001));
    }

    private static DetectionMetrics metrics(String method) throws IOException {
        return DetectionMetrics.of(column("densenet-cifar10.test_batch.csv", method),
                column("densenet-cifar10.textures.csv", method));
    }

    private static double table(String method, int cell) throws IOException {
        return new ObjectMapper().readTree(present("densenet-cifar10.tables.json").toFile())
                .at("/tables/textures/" + method + "/" + cell).asDouble();
    }

    private static double[] column(String file, String name) throws IOException {
        List<String> lines = Files.readAllLines(present(file));
        int column = List.of(lines.get(0).split(",")).indexOf(name);
        return lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[column])).toArray();
    }

    private static Path present(String file) {
        Path path = GOLDEN.resolve(file);
        assumeTrue(Files.exists(path), () -> "SKIPPED: " + path + " is absent");
        return path;
    }
}
