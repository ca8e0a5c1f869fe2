package io.oodmonitor.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.Fixtures;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.StatisticsAccumulator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every detector in ONNX Runtime, against NumPy (make_detectors.py) and against pencil and paper (hand.json). */
class DetectorScoresTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> numpy() throws Exception {
        JsonNode fixture = JSON.readTree(Fixtures.file("detectors.json").toFile());
        return StreamSupport.stream(((Iterable<String>) fixture.get("scores")::fieldNames).spliterator(), false)
                .map(name -> Arguments.of(name, fixture));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numpy")
    void shouldScoreAsNumpyDoes(String name, JsonNode fixture) {
        FeatureMatrix queries = new FeatureMatrix(fixture.get("weight").get(0).size());
        fixture.get("queries").forEach(row -> queries.add(floats(row)));
        try (FeatureScorer scorer = scorer(name, fixture)) {
            float[] scores = scorer.scores(queries);
            for (int i = 0; i < scores.length; i++) {
                double expected = fixture.get("scores").get(name).get(i).asDouble();
                assertThat((double) scores[i]).as("%s of query %d", name, i)
                        .isCloseTo(expected, within(tolerance(name) * Math.max(1, Math.abs(expected))));
                assertThat(scorer.score(queries.row(i))).as("%s of query %d alone", name, i)
                        .isCloseTo(scores[i], within((float) (1e-5 * Math.max(1, Math.abs(expected)))));
            }
        }
    }

    /** Percentiles of activations are kept to 1 in 65,536, and many features meet one; all else is float arithmetic. */
    private static double tolerance(String name) {
        return name.contains("react") && !name.contains("clip=") ? 1e-4 : 5e-6;
    }

    static Stream<Arguments> byHand() throws Exception {
        return StreamSupport.stream(JSON.readTree(Fixtures.file("hand.json").toFile()).get("cases").spliterator(), false)
                .map(example -> Arguments.of(example.get("detector").asText(), example.get("why").asText(), example));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("byHand")
    void shouldScoreAsByHand(String name, String why, JsonNode example) {
        double expected = example.get("score").asDouble();
        try (FeatureScorer scorer = scorer(name, example)) {
            assertThat((double) scorer.score(floats(example.get("query")))).as(why)
                    .isCloseTo(expected, within(tolerance(name) * Math.max(1, Math.abs(expected))));
        }
    }

    private static FeatureScorer scorer(String name, JsonNode fixture) {
        JsonNode weight = fixture.get("weight");
        int classes = weight.size();
        int features = weight.get(0).size();
        float[] flat = new float[classes * features];
        for (int c = 0; c < classes; c++) {
            System.arraycopy(floats(weight.get(c)), 0, flat, c * features, features);
        }
        JsonNode train = fixture.get("trainFeatures");
        StatisticsAccumulator accumulator = new StatisticsAccumulator(classes, features, train.size());
        Random keys = new Random(1);
        for (int i = 0; i < train.size(); i++) {
            accumulator.add(floats(train.get(i)), fixture.get("trainLabels").get(i).asInt(), keys.nextLong());
        }
        LinearHead head = new LinearHead(classes, features, flat, floats(fixture.get("bias")));
        return new FeatureScorer(Detector.parse(name)
                .fit(head, new IdStatistics(accumulator.mean(), Optional.of(accumulator.statistics()))));
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
