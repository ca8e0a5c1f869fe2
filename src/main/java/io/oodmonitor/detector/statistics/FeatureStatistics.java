package io.oodmonitor.detector.statistics;

import java.util.Objects;

/**
 * What the features of in-distribution images look like. Immutable.
 *
 * @param activations  of all features of all images
 * @param classMeans   by label, or by predicted class where an image has none
 * @param secondMoment E[h h^T]
 * @param bank         the features of some of the images
 */
public record FeatureStatistics(ActivationQuantiles activations, ClassMeans classMeans, SecondMoment secondMoment,
                                FeatureBank bank) {

    public FeatureStatistics {
        Objects.requireNonNull(activations, "activations");
        if (classMeans.features() != secondMoment.features() || bank.features() != secondMoment.features()) {
            throw new IllegalArgumentException("class means, second moment and bank must be of the same features, but"
                    + " are of " + classMeans.features() + ", " + secondMoment.features() + " and " + bank.features());
        }
    }

    public int features() {
        return secondMoment.features();
    }

    /** E[(h - u)(h - u)^T], d x d. */
    public double[] covarianceAbout(double[] u) {
        double[] mean = classMeans.overall();
        double[] covariance = secondMoment.values();
        int d = features();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                covariance[i * d + j] += u[i] * u[j] - u[i] * mean[j] - mean[i] * u[j];
            }
        }
        return covariance;
    }

    /** E[(h - m_c)(h - m_c)^T], each image about the mean m_c of its class; d x d. */
    public double[] covarianceWithinClasses() {
        double[] covariance = secondMoment.values();
        int d = features();
        for (int c : classMeans.seen()) {
            double share = classMeans.share(c);
            for (int i = 0; i < d; i++) {
                double scaled = share * classMeans.mean(c, i);
                for (int j = 0; j < d; j++) {
                    covariance[i * d + j] -= scaled * classMeans.mean(c, j);
                }
            }
        }
        return covariance;
    }
}
