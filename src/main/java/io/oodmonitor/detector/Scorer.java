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

    /**
     * The same formula with another weight in place of the masked one; all else stays as it was fitted.
     *
     * @param weight row-major C x d
     * @throws UnsupportedOperationException if the formula masks no weight
     */
    default Scorer withMaskedWeight(float[] weight) {
        throw new UnsupportedOperationException("this scorer masks no weight");
    }
}
