package io.oodmonitor.onnx;

import io.oodmonitor.detector.LinearHead;

/**
 * Where a graph keeps its linear head.
 *
 * @param penultimate tensor of the features h, or of maps of them
 * @param averaged whether h is the average of the maps [N, d, height, width] over their positions: the graph applies
 *     its head at every position and averages then, which is the same
 * @param logits tensor of W h + b, before any softmax
 * @param weight stored tensor of W, as the graph names it
 * @param bias stored tensor of b, the first where several are added, empty where the head has none
 * @param head the head's values, W as C x d whatever the stored layout, with all constant factors multiplied in
 */
public record LocatedHead(
        String penultimate, boolean averaged, String logits, String weight, String bias, LinearHead head) {
}
