package io.oodmonitor.detector;

/** How the logits of one image become its score. Immutable. */
interface Readout {

    /** @param logits float [N, C] */
    <T> T apply(Operators<T> operators, T logits);

    /** Their logsumexp: the negative free energy at temperature 1. */
    record NegativeEnergy() implements Readout {

        @Override
        public <T> T apply(Operators<T> operators, T logits) {
            return operators.logSumExp(logits);
        }
    }

    /** The greatest. */
    record Greatest() implements Readout {

        @Override
        public <T> T apply(Operators<T> operators, T logits) {
            return operators.max(logits);
        }
    }

    /** The greatest softmax probability at a temperature, in double until it is a score. */
    record GreatestProbability(double temperature) implements Readout {

        @Override
        public <T> T apply(Operators<T> operators, T logits) {
            T temperatures = operators.constant(new double[] {temperature}, 1);
            return operators.max(operators.softmax(operators.over(operators.toDouble(logits), temperatures)));
        }
    }

    /**
     * -sum(p^gamma (1 - p)^gamma) over the greatest probabilities. In double, and with 1 - p as the sum of the others:
     * the difference would lose what distinguishes confident images.
     */
    record NegativeGeneralizedEntropy(double gamma, int greatest, int classes) implements Readout {

        @Override
        public <T> T apply(Operators<T> operators, T logits) {
            T sorted = operators.largest(operators.softmax(operators.toDouble(logits)), classes).values();
            T p = operators.largest(sorted, greatest).values();
            T rest = operators.product(sorted, operators.constant(allButOne(), classes, greatest));
            T terms = operators.power(operators.times(p, rest), operators.constant(new double[] {gamma}, 1));
            return operators.times(operators.sum(terms), operators.constant(new double[] {-1}, 1));
        }

        /** Ones, but zeros on the diagonal. */
        private double[] allButOne() {
            double[] ones = new double[classes * greatest];
            for (int i = 0; i < ones.length; i++) {
                ones[i] = i / greatest == i % greatest ? 0 : 1;
            }
            return ones;
        }
    }
}
