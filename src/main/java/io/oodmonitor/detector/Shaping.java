package io.oodmonitor.detector;

/** What is done to the features of one image before the head. Immutable. */
interface Shaping {

    <T> T apply(Operators<T> operators, T features);

    /** Nothing. */
    record None() implements Shaping {

        @Override
        public <T> T apply(Operators<T> operators, T features) {
            return features;
        }
    }

    /** min(h, limit). */
    record Clipped(float limit) implements Shaping {

        @Override
        public <T> T apply(Operators<T> operators, T features) {
            return operators.smaller(features, operators.constant(new float[] {limit}, 1));
        }
    }

    /**
     * Multiplied by exp(s1 / s2), where s1 sums all activations and s2 the greatest ones.
     *
     * @param kept   how many are the greatest, at least 1
     * @param pruned whether the others become zero
     */
    record Scaled(int kept, boolean pruned) implements Shaping {

        /** Beside any real sum it vanishes; an image without activations is scaled by a constant and stays zero. */
        private static final float TINY = 1e-30f;

        @Override
        public <T> T apply(Operators<T> operators, T features) {
            T tiny = operators.constant(new float[] {TINY}, 1);
            Operators.Largest<T> largest = operators.largest(features, kept);
            T all = operators.plus(operators.sum(features), tiny);
            T greatest = operators.plus(operators.sum(largest.values()), tiny);
            T factor = operators.exp(operators.over(all, greatest));
            return operators.times(pruned ? operators.scattered(features, largest) : features, factor);
        }
    }

    /** How many of d features stay when so many percent go: as the published code rounds, halves to even. */
    static int kept(int features, double percent) {
        return Math.max(1, features - (int) Math.rint(features * percent / 100));
    }
}
