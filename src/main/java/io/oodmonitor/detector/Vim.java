package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.Eigen;
import io.oodmonitor.detector.statistics.FeatureBank;
import io.oodmonitor.detector.statistics.FeatureStatistics;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.Products;
import io.oodmonitor.detector.statistics.PseudoInverse;
import java.util.OptionalInt;

/**
 * Virtual-logit matching (Wang, Li, Feng and Zhang, CVPR 2022, arXiv 2203.10807, section 4): the energy less a virtual
 * logit, which is the norm of what principal directions leave of the features, scaled to the size of a logit.
 *
 * @param dimensions principal directions; empty for the paper's choice: 1,000 of at least 2,048 features, 512 of at
 *                   least 768, else half of them
 */
public record Vim(OptionalInt dimensions) implements Detector {

    static final String METHOD = "vim";

    /** Images at a time. */
    private static final int ROWS = 256;

    public Vim {
        if (dimensions.isPresent() && dimensions.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "the dimensions of vim must be at least 1, but are " + dimensions.getAsInt());
        }
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return dimensions.isPresent() ? METHOD + "@" + dimensions.getAsInt() : METHOD;
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        FeatureStatistics images = statistics.require(METHOD);
        int d = head.features();
        int principal = dimensions.orElse(d >= 2048 ? 1000 : d >= 768 ? 512 : d / 2);
        if (principal >= d) {
            throw new IllegalArgumentException("the dimensions of vim must be below " + d
                    + ", the number of features, but are " + principal);
        }
        double[] origin = PseudoInverse.of(head.weight(), head.classes(), d).times(head.bias());
        for (int j = 0; j < d; j++) {
            origin[j] = -origin[j];
        }
        float[] residual = Eigen.of(images.covarianceAbout(origin), d).vectorsBeyond(principal);
        return new VirtualLogitScorer(head, Floats.of(origin), residual,
                (float) scale(head, origin, residual, images.bank()));
    }

    /** Makes the virtual logit as large as the greatest logit, on average over the images. */
    private static double scale(LinearHead head, double[] origin, float[] residual, FeatureBank bank) {
        int d = head.features();
        int directions = residual.length / d;
        double[] weight = turned(head.weight(), head.classes(), d);
        double[] beyond = widened(residual);
        double logits = 0;
        double norms = 0;
        for (int first = 0; first < bank.images(); first += ROWS) {
            int rows = Math.min(ROWS, bank.images() - first);
            double[] h = new double[rows * d];
            double[] centred = new double[rows * d];
            for (int i = 0; i < h.length; i++) {
                h[i] = bank.values()[first * d + i];
                centred[i] = h[i] - origin[i % d];
            }
            double[] products = Products.of(h, rows, d, weight, head.classes());
            double[] left = Products.of(centred, rows, d, beyond, directions);
            for (int row = 0; row < rows; row++) {
                double greatest = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < head.classes(); c++) {
                    greatest = Math.max(greatest, products[row * head.classes() + c] + head.bias()[c]);
                }
                logits += greatest;
                double square = 0;
                for (int r = 0; r < directions; r++) {
                    square += left[row * directions + r] * left[row * directions + r];
                }
                norms += Math.sqrt(square);
            }
        }
        // Where nothing is left beyond the principal directions there is nothing to scale either.
        return norms == 0 ? 0 : logits / norms;
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double[] turned(float[] weight, int classes, int features) {
        double[] turned = new double[weight.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i % features * classes + i / features] = weight[i];
        }
        return turned;
    }

    /**
     * @param origin   u = -pinv(W) b, length d
     * @param residual directions beyond the principal ones, d x r
     * @param scale    alpha
     */
    private record VirtualLogitScorer(LinearHead head, float[] origin, float[] residual, float scale)
            implements Scorer {

        @Override
        public int features() {
            return head.features();
        }

        @Override
        public <T> T score(Operators<T> operators, T features) {
            int d = head.features();
            T logits = operators.linear(features, operators.constant(head.weight(), head.classes(), d),
                    operators.constant(head.bias(), head.classes()));
            T centred = operators.minus(features, operators.constant(origin, d));
            T left = operators.norm(
                    operators.product(centred, operators.constant(residual, d, residual.length / d)));
            T virtual = operators.times(left, operators.constant(new float[] {scale}, 1));
            return operators.minus(operators.logSumExp(logits), virtual);
        }
    }
}
