package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.ResultTable;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    @Test
    void shouldKeepTheContract() {
        Evaluation evaluation = Samples.small();

        ObjectNode json = JsonReport.of(evaluation, ResultTable.of(evaluation));

        assertThat(json.path("idImages").asInt()).isEqualTo(20);
        assertThat(json.path("accuracy").asDouble()).isEqualTo(94.5);
        assertThat(json.path("imagesPerSecond").asDouble()).isEqualTo(1234.6);
        assertThat(json.path("sets").fieldNames()).toIterable().containsExactly("cars", "fish");
        assertThat(json.at("/sets/cars/images").asInt()).isEqualTo(4);
        assertThat(json.at("/sets/cars/methods").fieldNames()).toIterable().containsExactly("energy", "dice@90");
        assertThat(json.at("/sets/cars/methods/energy").fieldNames()).toIterable()
                .containsExactly("fpr95", "auroc", "auprIn", "auprOut", "detectionError");
        // Of 20 x 4 pairs energy gets wrong: 12 above 10 and 11, 13 above 10, 11 and 12; two ties count half each.
        assertThat(json.at("/sets/cars/methods/energy/auroc").asDouble()).isEqualTo((80 - 5 - 1) / 80.0 * 100);
        // The threshold that keeps 95%: 11. 12 and 13 of 4 pass.
        assertThat(json.at("/sets/cars/methods/energy/fpr95").asDouble()).isEqualTo(50);
        assertThat(json.at("/sets/fish/methods/dice@90/fpr95").asDouble()).isEqualTo(50);
        assertThat(json.at("/average/energy/fpr95").asDouble()).isEqualTo(25);
        assertThat(json.at("/average/dice@90/fpr95").asDouble()).isEqualTo(37.5);
        assertThat(json.at("/thresholds/dice@90/threshold").asDouble()).isEqualTo(10.5);
        assertThat(json.at("/thresholds/dice@90/fitted").asBoolean()).isTrue();
        assertThat(json.path("best").asText()).isEqualTo("energy");
        assertThat(json.path("model").asText()).isEqualTo("toy 1");
        assertThat(json.path("detector").asText()).isEqualTo("dice@90");
    }

    @Test
    void shouldLeaveAccuracyOutWithoutLabels() {
        Evaluation evaluation = Samples.random(1, 1, 50);

        assertThat(JsonReport.of(evaluation, ResultTable.of(evaluation)).has("accuracy")).isFalse();
    }
}
