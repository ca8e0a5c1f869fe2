package io.oodmonitor.detector;

/** A method fitted to one network: from penultimate features to a score, higher = more in-distribution. Immutable. */
public interface Scorer {

    /** Features that it takes, d. */
    int features();

    /**
     * The formula.
     *
     * @param features float [N, d]
     * @return float or double [N, 1]
     */
    <T> T score(Operators<T> operators, T features);
}
