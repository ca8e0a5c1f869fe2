package io.oodmonitor.bundle;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.LocatedHead;
import io.oodmonitor.onnx.Normalization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a bundle is made of.
 *
 * @param name what verdicts call the model
 * @param version of the model; empty to take one from the content, so that bundles that score differently differ in it
 * @param runtime what the threshold was computed with, for people
 * @param normalization as it is built into the graph
 * @param classes names in the order of the head's rows
 * @param head where the original graph keeps its head
 * @param graph the prepared graph
 */
public record BundleContent(String name, Optional<String> version, Instant created, String runtime, Framing framing,
        Normalization normalization, List<String> classes, Detector detector, IdStatistics statistics, LocatedHead head,
        ModelProto graph, Optional<FittedThreshold> threshold) {

    public BundleContent {
        classes = List.copyOf(classes);
    }

    /** The same, for images that no threshold may be judged by. */
    public BundleContent withoutThreshold() {
        return new BundleContent(name, version, created, runtime, framing, normalization, classes, detector, statistics,
                head, graph, Optional.empty());
    }
}
