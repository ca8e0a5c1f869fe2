/**
 * Classifiers as ONNX graphs: read and write them, find the linear head that they end in, and rewrite them to the
 * graph that a monitor runs (bytes in, score, class and confidence out). No runtime is needed for any of it.
 */
package io.oodmonitor.onnx;
