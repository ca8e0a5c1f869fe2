package io.oodmonitor.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.evaluation.DetectionMetrics;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.Figure;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;

/** An evaluation for programs: figures in percent, thresholds as scores. */
public final class JsonReport {

    private static final double DECIMALS = 1e6;

    private JsonReport() {
    }

    /**
     * In the order of the table; accuracy is left out where there were no labels.
     *
     * @param table of the same evaluation
     */
    public static ObjectNode of(Evaluation evaluation, ResultTable table) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", evaluation.model());
        json.put("detector", evaluation.detector());
        json.put("idSet", evaluation.idSet());
        json.put("idImages", evaluation.idImages());
        evaluation.accuracy().ifPresent(share -> json.put("accuracy", percent(share)));
        ObjectNode sets = json.putObject("sets");
        for (int i = 0; i < table.sets().size(); i++) {
            ObjectNode set = sets.putObject(table.sets().get(i));
            set.put("images", evaluation.oodImages(i));
            putMethods(set.putObject("methods"), table, i);
        }
        putMethods(json.putObject("average"), table, table.sets().size());
        ObjectNode thresholds = json.putObject("thresholds");
        for (MethodScores method : evaluation.methods()) {
            thresholds.putObject(method.method()).put("threshold", method.threshold()).put("fitted", method.fitted());
        }
        json.put("imagesPerSecond", Math.round(evaluation.imagesPerSecond() * 10) / 10.0);
        json.put("best", table.best());
        return json;
    }

    private static void putMethods(ObjectNode methods, ResultTable table, int column) {
        for (ResultTable.Row row : table.rows()) {
            DetectionMetrics metrics = row.column(column);
            ObjectNode figures = methods.putObject(row.method());
            for (Figure figure : Figure.values()) {
                figures.put(figure.key(), percent(figure.of(metrics)));
            }
        }
    }

    /** 0.38 as 38.0, without the noise of binary fractions. */
    private static double percent(double share) {
        return Math.round(share * 100 * DECIMALS) / DECIMALS;
    }
}
