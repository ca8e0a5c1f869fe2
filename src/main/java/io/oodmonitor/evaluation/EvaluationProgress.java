package io.oodmonitor.evaluation;

/** Told how far an evaluation is, from the thread that evaluates. */
public interface EvaluationProgress {

    /** So many images of a set went through the network. */
    void images(String set, long done);

    /** All sets are being scored by a method. */
    void scoring(String method);
}
