package io.oodmonitor.catalog;

/**
 * DICE with ReAct, as a published script runs it.
 *
 * @param sparsity percent of the weights left out
 * @param clip     the most that a feature may be
 */
public record Clipped(double sparsity, double clip) {

    public Clipped {
        if (!(sparsity >= 0 && sparsity < 100) || !(clip > 0)) {
            throw new IllegalArgumentException("sparsity must be from 0 to below 100 and clip above 0, but are "
                    + sparsity + " and " + clip);
        }
    }
}
