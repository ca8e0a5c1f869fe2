package io.oodmonitor.detector;

/**
 * A score read from logits: of features that may be shaped first, through the head or a masked one.
 *
 * @param masked whether the head's weight is one that an update of the mask replaces
 */
record LogitScorer(Shaping shaping, LinearHead head, boolean masked, Readout readout) implements Scorer {

    static LogitScorer of(Shaping shaping, LinearHead head, Readout readout) {
        return new LogitScorer(shaping, head, false, readout);
    }

    @Override
    public int features() {
        return head.features();
    }

    @Override
    public Scorer withMaskedWeight(float[] weight) {
        return masked ? new LogitScorer(shaping, head.withWeight(weight), true, readout)
                : Scorer.super.withMaskedWeight(weight);
    }

    @Override
    public <T> T score(Operators<T> operators, T features) {
        T weight = masked ? operators.maskedWeight(head.weight(), head.classes(), head.features())
                : operators.constant(head.weight(), head.classes(), head.features());
        T bias = operators.constant(head.bias(), head.classes());
        return readout.apply(operators, operators.linear(shaping.apply(operators, features), weight, bias));
    }
}
