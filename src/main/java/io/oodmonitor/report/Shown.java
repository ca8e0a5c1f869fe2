package io.oodmonitor.report;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;

/** The method that the report is about first of all: the bundle's own, or else the best on average. */
final class Shown {

    private Shown() {
    }

    static MethodScores of(Evaluation evaluation, ResultTable table) {
        return evaluation.own().orElseGet(() -> evaluation.methods().stream()
                .filter(method -> method.method().equals(table.best())).findFirst().orElseThrow());
    }
}
