package io.oodmonitor.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

    private final Thresholds thresholds = new Thresholds();

    private void published(String modelVersion, long version, double... scores) {
        thresholds.published(OodThreshold.newBuilder().setModel("tiny").setModelVersion(modelVersion)
                .setDetectorVersion("dice@50#0").setVersion(version).setThreshold(scores[0]).setRank(1)
                .setTargetFalseAlarmRate(0.05).setSamples(scores.length).setUpdatedAt(Instant.EPOCH)
                .setQuantiles(Arrays.stream(scores).boxed().toList()).build());
    }

    private void judged(String modelVersion, double score, long thresholdVersion, double threshold) {
        thresholds.judged(OodScore.newBuilder().setId("a").setSource("camera").setCapturedAt(Instant.EPOCH)
                .setScoredAt(Instant.EPOCH).setModel("tiny").setModelVersion(modelVersion)
                .setDetectorVersion("dice@50#0").setPredictedLabel("nut").setPredictedIndex(1).setConfidence(1)
                .setScore((float) score).setEnergy((float) -score).setThreshold(threshold)
                .setThresholdVersion(thresholdVersion).setVerdict(Verdict.IN_DISTRIBUTION).build(), 0);
    }

    private void expect(long back, long foreign, long misnamed, long earlier) {
        assertThat(List.of(thresholds.back(), thresholds.foreign(), thresholds.misnamed(), thresholds.earlier()))
                .containsExactly(back, foreign, misnamed, earlier);
    }

    @Test
    void shouldFindNothingWhereEveryVersionHasItsOwn() {
        published("1", 1, 101, 102);
        published("2", 1, 201, 202);
        judged("1", 103, 1, 101);
        judged("2", 203, 1, 201);
        judged("2", 203, 0, 7);
        expect(0, 0, 0, 0);
    }

    @Test
    void shouldFindAWindowWithAScoreOfAnotherVersion() {
        published("2", 1, 201, 202, 103);
        expect(0, 1, 0, 0);
    }

    @Test
    void shouldFindAVerdictByAThresholdOfAnotherVersion() {
        published("1", 1, 101, 102);
        judged("2", 203, 1, 101);
        expect(0, 1, 0, 0);
    }

    @Test
    void shouldFindAVerdictThatNamesAnotherVersionThanTheOneThatMadeIt() {
        published("2", 1, 201, 202);
        judged("2", 103, 1, 201);
        expect(0, 0, 1, 0);
    }

    @Test
    void shouldFindThresholdsAndVerdictsThatGoBack() {
        published("1", 1, 101);
        published("1", 2, 102);
        published("1", 2, 102);
        judged("1", 103, 2, 102);
        judged("1", 103, 1, 101);
        expect(1, 0, 0, 1);
    }
}
