package io.oodmonitor.onnx;

import io.oodmonitor.detector.LinearHead;

/**
 * A tensor as W h + b of an earlier one.
 *
 * @param penultimate tensor of h
 * @param positions over which positions of an image it is taken
 * @param weight W, C x d
 * @param biasName stored tensor that b begins with, empty without one
 * @param bias b, one a class
 */
record LinearMap(String penultimate, Positions positions, ConstantMatrix weight, String biasName, float[] bias) {

    /** Where in an image a map holds. */
    enum Positions {
        /** There is one h an image. */
        ONE,
        /** At every position of a map of features, which nothing has averaged yet. */
        EACH,
        /** Of h averaged over the positions: a linear map commutes with the average. */
        AVERAGED
    }

    LinearMap averaged() {
        return new LinearMap(penultimate, Positions.AVERAGED, weight, biasName, bias);
    }

    /** @param factors one a class */
    LinearMap times(float[] factors) {
        float[] scaled = bias.clone();
        for (int c = 0; c < scaled.length; c++) {
            scaled[c] *= factors[c];
        }
        return new LinearMap(penultimate, positions, weight.times(factors), biasName, scaled);
    }

    /** @param shift one a class, stored under this name */
    LinearMap plus(float[] shift, String name) {
        float[] sum = bias.clone();
        for (int c = 0; c < sum.length; c++) {
            sum[c] += shift[c];
        }
        return new LinearMap(penultimate, positions, weight, biasName.isEmpty() ? name : biasName, sum);
    }

    int classes() {
        return weight.rows();
    }

    LocatedHead located(String logits) {
        return new LocatedHead(penultimate, positions == Positions.AVERAGED, logits, weight.name(), biasName,
                new LinearHead(weight.rows(), weight.columns(), weight.values(), bias));
    }
}
