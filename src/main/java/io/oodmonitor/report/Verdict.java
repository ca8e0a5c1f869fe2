package io.oodmonitor.report;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far to trust the network on one set, for people.
 *
 * @param passing percent that passes unnoticed, as the style sheet wants it: 38.0
 */
record Verdict(String set, Trust trust, String percent, String passing, String sentence) {

    static List<Verdict> of(Evaluation evaluation, ResultTable table, MethodScores method) {
        return IntStream.range(0, table.sets().size()).mapToObj(i -> {
            double fpr95 = table.row(method.method()).sets().get(i).fpr95();
            String set = table.sets().get(i);
            int images = evaluation.oodImages(i);
            return new Verdict(set, Trust.of(fpr95), Words.percent(fpr95),
                    String.format(Locale.ROOT, "%.2f", 100 * fpr95),
                    sentence(set, fpr95, images) + fitted(method, fpr95, method.ood().get(i)));
        }).toList();
    }

    private static String sentence(String set, double fpr95, int images) {
        long passing = Math.round(fpr95 * images);
        return "At the threshold that keeps 95% of your images, " + (passing == 0 ? "none" : Words.percent(fpr95))
                + " of " + set + " would pass as yours (" + Words.count(passing) + " of " + Words.count(images) + ").";
    }

    /** Only where it makes a difference. */
    private static String fitted(MethodScores method, double fpr95, double[] ood) {
        String passing = Words.percent(Thresholded.passing(ood, method.threshold()) / (double) ood.length);
        return !method.fitted() || passing.equals(Words.percent(fpr95)) ? ""
                : " At the bundle\u2019s own threshold it is " + passing + ".";
    }
}
