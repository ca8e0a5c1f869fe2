package io.oodmonitor.detector;

/**
 * The last layer of a classifier, logits = W h + b.
 *
 * <p>The arrays are not copied: treat a head as immutable.
 *
 * @param classes number of rows of W, C
 * @param features number of columns of W, d
 * @param weight W, row-major C x d
 * @param bias b, length C
 */
public record LinearHead(int classes, int features, float[] weight, float[] bias) {

    public LinearHead {
        if (classes < 1 || features < 1) {
            throw new IllegalArgumentException(
                    "a linear head must have at least 1 class and 1 feature, but has " + classes + " and " + features);
        }
        if (weight.length != (long) classes * features) {
            throw new IllegalArgumentException("the weight of a linear head of " + classes + " classes and " + features
                    + " features must hold " + (long) classes * features + " values, but holds " + weight.length);
        }
        if (bias.length != classes) {
            throw new IllegalArgumentException(
                    "the bias of a linear head of " + classes + " classes must be as long, but holds " + bias.length);
        }
    }

    /** The same head with another weight of the same shape; the bias is kept whole. */
    public LinearHead withWeight(float[] other) {
        return new LinearHead(classes, features, other, bias);
    }

    /** W[c, j]. */
    public float weight(int c, int j) {
        return weight[c * features + j];
    }
}
