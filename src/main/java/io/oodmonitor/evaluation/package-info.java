/**
 * How well a detector tells in-distribution images from others: FPR95, AUROC and their like, on labelled sets.
 *
 * <p>Definitions follow the code published with DICE (Sun and Li, ECCV 2022, arXiv 2111.09805), so that figures compare
 * with its tables; the one difference is said where it is made.
 */
package io.oodmonitor.evaluation;
