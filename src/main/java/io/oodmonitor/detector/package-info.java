/**
 * Methods that tell in-distribution images from others by penultimate features, a linear head and statistics of
 * in-distribution images, free of any runtime. Everywhere a higher score means more in-distribution.
 *
 * <p>A {@link io.oodmonitor.detector.Detector} names a method and its parameters; fitted to a
 * {@link io.oodmonitor.detector.LinearHead} and {@link io.oodmonitor.detector.statistics.IdStatistics} it becomes a
 * {@link io.oodmonitor.detector.Scorer}, a formula in {@link io.oodmonitor.detector.Operators}. The package onnx writes
 * that formula into graphs: behind a network in a bundle, or alone, over features that are there already.
 *
 * <ul>
 *   <li>MSP: Hendrycks and Gimpel, "A Baseline for Detecting Misclassified and Out-of-Distribution Examples in Neural
 *       Networks", ICLR 2017, arXiv 1610.02136. Its temperature: ODIN, Liang, Li and Srikant, "Enhancing the
 *       Reliability of Out-of-distribution Image Detection in Neural Networks", ICLR 2018, arXiv 1706.02690, whose
 *       perturbation of the image needs gradients, which inference lacks.
 *   <li>MaxLogit: Hendrycks, Basart, Mazeika, Zou, Kwon, Mostajabi, Steinhardt and Song, "Scaling Out-of-Distribution
 *       Detection for Real-World Settings", ICML 2022, arXiv 1911.11132.
 *   <li>Energy: Liu, Wang, Owens and Li, "Energy-based Out-of-distribution Detection", NeurIPS 2020, arXiv 2010.03759.
 *   <li>ReAct: Sun, Guo and Li, "ReAct: Out-of-distribution Detection With Rectified Activations", NeurIPS 2021, arXiv
 *       2111.12797.
 *   <li>DICE, DICE+ReAct: Sun and Li, "DICE: Leveraging Sparsification for Out-of-Distribution Detection", ECCV 2022,
 *       arXiv 2111.09805.
 *   <li>ASH-S: Djurisic, Bozanic, Ashok and Liu, "Extremely Simple Activation Shaping for Out-of-Distribution
 *       Detection", ICLR 2023, arXiv 2209.09858.
 *   <li>SCALE: Xu, Chen, Franchi and Yao, "Scaling for Training Time and Post-hoc Out-of-distribution Detection
 *       Enhancement", ICLR 2024, arXiv 2310.00227.
 *   <li>GEN: Liu, Lochman and Zach, "GEN: Pushing the Limits of Softmax-Based Out-of-Distribution Detection", CVPR
 *       2023.
 *   <li>fDBD: Liu and Qin, "Fast Decision Boundary based Out-of-Distribution Detector", ICML 2024, arXiv 2312.11536.
 *   <li>KNN: Sun, Ming, Zhu and Li, "Out-of-Distribution Detection with Deep Nearest Neighbors", ICML 2022, arXiv
 *       2204.06507.
 *   <li>ViM: Wang, Li, Feng and Zhang, "ViM: Out-Of-Distribution with Virtual-logit Matching", CVPR 2022, arXiv
 *       2203.10807.
 *   <li>Mahalanobis: Lee, Lee, Lee and Shin, "A Simple Unified Framework for Detecting Out-of-Distribution Samples and
 *       Adversarial Attacks", NeurIPS 2018, arXiv 1807.03888; on the penultimate features alone.
 * </ul>
 */
package io.oodmonitor.detector;
