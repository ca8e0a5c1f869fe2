/**
 * From scores of labelled in-distribution images to thresholds, p-values and the test behind a rate alert.
 *
 * <p>Everything here rests on one assumption: the calibration images and the in-distribution images to come are
 * exchangeable, that is, their order tells nothing. Then the guarantees hold for every sample size and every
 * distribution of scores (split conformal prediction: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random
 * World, 2005; conformal p-values and what one calibration set does to many tests: Bates, Cand&egrave;s, Lei, Romano
 * and Sesia, Testing for outliers with conformal p-values, Annals of Statistics 51, 2023).
 *
 * <p>Higher scores are more in-distribution. Pure mathematics on plain values: nothing here reads, writes or keeps
 * time.
 */
package io.oodmonitor.calibration;
