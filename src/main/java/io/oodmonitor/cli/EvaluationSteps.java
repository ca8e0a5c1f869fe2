package io.oodmonitor.cli;

import io.oodmonitor.evaluation.EvaluatedSet;
import io.oodmonitor.evaluation.EvaluationProgress;
import java.util.List;
import java.util.OptionalLong;

/** How far an evaluation of these sets is. */
record EvaluationSteps(Steps steps, List<EvaluatedSet> sets) implements EvaluationProgress {

    @Override
    public void fitting(String method) {
        steps.at("Fitting " + method, OptionalLong.empty(), 0);
    }

    @Override
    public void images(String set, long done) {
        long size = sets.stream().filter(each -> each.name().equals(set)).findFirst().orElseThrow().samples().size();
        steps.at("Features of " + set + ":", OptionalLong.of(size), done);
    }

    @Override
    public void scoring(String method) {
        steps.at("Scores by " + method, OptionalLong.empty(), 0);
    }
}
