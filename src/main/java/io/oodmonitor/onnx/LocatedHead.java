package io.oodmonitor.onnx;

import io.oodmonitor.detector.LinearHead;

/**
 * Where a graph keeps its linear head.
 *
 * @param penultimate tensor of the features h
 * @param logits tensor of W h + b, before any softmax
 * @param weight stored tensor of W, as the graph names it
 * @param bias stored tensor of b, empty where the head has none
 * @param head the head's values, W as C x d whatever the stored layout, with the scales of a Gemm multiplied in
 */
public record LocatedHead(String penultimate, String logits, String weight, String bias, LinearHead head) {
}
