package io.oodmonitor.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Figures as they stand in every report. Stateless. */
final class Figures {

    private Figures() {
    }

    /** To four places. */
    static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** Adds what became of all images. */
    static void account(ObjectNode json, Tally.Totals totals) {
        json.put("sent", totals.sent()).put("verdicts", totals.verdicts()).put("deadLetters", totals.deadLetters())
                .put("lost", totals.lost()).put("duplicated", totals.duplicated());
    }
}
