package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/**
 * Distance to the decision boundaries, regularized by that to the feature mean (Liu and Qin, ICML 2024, arXiv
 * 2312.11536, equations 6 and 8).
 */
public record Fdbd() implements Detector {

    static final String METHOD = "fdbd";

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD;
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        if (head.classes() < 2) {
            throw new IllegalArgumentException("fdbd needs a head of at least 2 classes, but it has 1");
        }
        return new BoundaryScorer(head, Floats.of(statistics.featureMean().values()), inverseDistances(head));
    }

    /** 1 / ((C - 1) ||w_a - w_b||), C x C; 0 where two rows are equal, on the diagonal too: no boundary is between. */
    private static float[] inverseDistances(LinearHead head) {
        int classes = head.classes();
        float[] inverse = new float[classes * classes];
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b < a; b++) {
                double square = 0;
                for (int j = 0; j < head.features(); j++) {
                    double gap = head.weight(a, j) - head.weight(b, j);
                    square += gap * gap;
                }
                float share = square == 0 ? 0 : (float) (1 / (Math.sqrt(square) * (classes - 1)));
                inverse[a * classes + b] = share;
                inverse[b * classes + a] = share;
            }
        }
        return inverse;
    }

    /** @param inverse one over the distances between rows of W, and over C - 1; C x C */
    private record BoundaryScorer(LinearHead head, float[] mean, float[] inverse) implements Scorer {

        /** An image at the very mean is at an unbounded score; it stays finite. */
        private static final float CLOSEST = 1e-12f;

        @Override
        public int features() {
            return head.features();
        }

        @Override
        public <T> T score(Operators<T> operators, T features) {
            int classes = head.classes();
            T logits = operators.linear(features, operators.constant(head.weight(), classes, head.features()),
                    operators.constant(head.bias(), classes));
            T gaps = operators.minus(operators.max(logits), logits);
            T shares = operators.rows(operators.constant(inverse, classes, classes), operators.argMax(logits));
            T distance = operators.sum(operators.times(gaps, shares));
            T fromMean = operators.norm(operators.minus(features, operators.constant(mean, mean.length)));
            return operators.over(distance, operators.greater(fromMean, operators.constant(new float[] {CLOSEST}, 1)));
        }
    }
}
