package io.oodmonitor.report;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the page's template fills in, by these names.
 *
 * @param shown    the method that the verdicts are about: the bundle's own, or the best on average
 * @param why      that one
 * @param ownKnown whether the bundle's own method is in the table
 */
record Page(String model, String detector, String idSet, List<Fact> facts, String shown, String why, String kept,
        List<Verdict> verdicts, PageTable table, String best, String bestAuroc, String bestFpr95, boolean ownKnown,
        List<Trust> trusts) {

    record Fact(String name, String value, String unit) {
    }

    static Page of(Evaluation evaluation, ResultTable table) {
        MethodScores shown = Shown.of(evaluation, table);
        boolean own = evaluation.own().isPresent();
        ResultTable.Row best = table.row(table.best());
        return new Page(evaluation.model(), evaluation.detector(), evaluation.idSet(), facts(evaluation),
                shown.method(), own ? "the bundle\u2019s own method" : "the best method on average",
                kept(evaluation, shown), Verdict.of(evaluation, table, shown), PageTable.of(evaluation, table),
                table.best(), Words.percent(best.average().auroc()), Words.percent(best.average().fpr95()), own,
                Arrays.asList(Trust.values()));
    }

    private static String kept(Evaluation evaluation, MethodScores method) {
        double kept = Thresholded.passing(method.id(), method.threshold()) / (double) evaluation.idImages();
        return method.fitted()
                ? "The bundle\u2019s own threshold, " + Words.score(method.threshold()) + ", keeps "
                        + Words.percent(kept) + " of " + evaluation.idSet() + "."
                : "";
    }

    private static List<Fact> facts(Evaluation evaluation) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Detector", evaluation.detector(), ""));
        evaluation.accuracy().ifPresent(share -> facts.add(new Fact("Accuracy on " + evaluation.idSet(),
                String.format(Locale.ROOT, "%.2f", 100 * share), "%")));
        facts.add(new Fact("In-distribution images", Words.count(evaluation.idImages()), ""));
        long ood = 0;
        for (int i = 0; i < evaluation.oodSets().size(); i++) {
            ood += evaluation.oodImages(i);
        }
        int sets = evaluation.oodSets().size();
        facts.add(new Fact("Out-of-distribution images", Words.count(ood),
                "in " + sets + (sets == 1 ? " set" : " sets")));
        facts.add(new Fact("Rate", String.format(Locale.ROOT, evaluation.imagesPerSecond() < 99.95 ? "%.1f" : "%,.0f",
                evaluation.imagesPerSecond()), "images/s"));
        return facts;
    }
}
