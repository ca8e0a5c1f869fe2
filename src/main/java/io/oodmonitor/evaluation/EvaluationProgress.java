package io.oodmonitor.evaluation;

/** Told how far an evaluation is, from the thread that evaluates. */
public interface EvaluationProgress {

    /** A method is being fitted to the bundle's statistics: minutes, where it needs eigenvectors of 2,048 features. */
    void fitting(String method);

    /** So many images of a set went through the network. */
    void images(String set, long done);

    /** All sets are being scored by a method. */
    void scoring(String method);
}
