package io.oodmonitor.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.evaluation.DetectionMetrics;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;
import java.util.Arrays;

/** What the page's script draws, as JSON: binned scores and thinned curves, about 10 kB per method and 8 sets. */
final class ChartData {

    /** True positive rates are whole numbers of these, which is finer than a pixel. */
    private static final int RATE_STEPS = 10_000;

    private ChartData() {
    }

    /** Fit to stand in a script element: nothing in it ends one. */
    static String json(Evaluation evaluation, ResultTable table) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("idSet", evaluation.idSet());
        data.put("idImages", evaluation.idImages());
        data.put("shown", Shown.of(evaluation, table).method());
        ArrayNode sets = data.putArray("sets");
        for (int i = 0; i < table.sets().size(); i++) {
            sets.addObject().put("name", table.sets().get(i)).put("images", evaluation.oodImages(i));
        }
        ArrayNode rates = data.putArray("falsePositiveRates");
        Arrays.stream(RocCurve.falsePositiveRates()).forEach(rates::add);
        ArrayNode methods = data.putArray("methods");
        evaluation.methods().forEach(method -> put(methods.addObject(), method, table.row(method.method())));
        return data.toString().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private static void put(ObjectNode node, MethodScores method, ResultTable.Row row) {
        ScoreBins bins = ScoreBins.of(method);
        node.put("name", method.method());
        node.put("threshold", method.threshold());
        node.put("fitted", method.fitted());
        node.put("from", bins.from());
        node.put("width", bins.width());
        node.put("kept", Thresholded.passing(method.id(), method.threshold()));
        putAll(node.putArray("id"), bins.counts(method.id()));
        ArrayNode sets = node.putArray("sets");
        for (int i = 0; i < row.sets().size(); i++) {
            double[] ood = method.ood().get(i);
            DetectionMetrics metrics = row.sets().get(i);
            ObjectNode set = sets.addObject();
            set.put("fpr95", metrics.fpr95());
            set.put("auroc", metrics.auroc());
            set.put("passing", Thresholded.passing(ood, method.threshold()));
            putAll(set.putArray("counts"), bins.counts(ood));
            putAll(set.putArray("truePositiveRates"), Arrays.stream(RocCurve.of(method.id(), ood).truePositiveRates())
                    .mapToInt(rate -> (int) Math.round(rate * RATE_STEPS)).toArray());
        }
    }

    private static void putAll(ArrayNode array, int[] values) {
        Arrays.stream(values).forEach(array::add);
    }
}
