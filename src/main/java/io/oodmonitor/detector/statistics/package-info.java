/**
 * What detectors have to know of the features of in-distribution images: their mean, percentiles, class means, second
 * moment and a sample of them, all taken in one pass; and the linear algebra that turns these into a detector's
 * parameters.
 */
package io.oodmonitor.detector.statistics;
