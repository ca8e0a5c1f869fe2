/**
 * Scores from penultimate features and a linear head, stateless and free of any runtime: plain arrays in, numbers out.
 *
 * <p>Everywhere a higher score means more in-distribution. A {@link io.oodmonitor.detector.Detector} names a method and
 * its parameters; fitted to a {@link io.oodmonitor.detector.LinearHead} and the statistics of in-distribution images it
 * becomes a {@link io.oodmonitor.detector.HeadEnergy} scorer.
 *
 * <ul>
 *   <li>DICE: Sun and Li, "DICE: Leveraging Sparsification for Out-of-Distribution Detection", ECCV 2022,
 *       arXiv 2111.09805.
 *   <li>Energy: Liu, Wang, Owens and Li, "Energy-based Out-of-distribution Detection", NeurIPS 2020, arXiv 2010.03759.
 * </ul>
 */
package io.oodmonitor.detector;
