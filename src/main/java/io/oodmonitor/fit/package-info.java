/** From a classifier and in-distribution images to a bundle: statistics, mask, threshold. */
package io.oodmonitor.fit;
