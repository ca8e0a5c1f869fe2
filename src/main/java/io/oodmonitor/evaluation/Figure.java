package io.oodmonitor.evaluation;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The five figures of a table, in its order. */
public enum Figure {
    FPR95("FPR95", "fpr95", false, DetectionMetrics::fpr95),
    AUROC("AUROC", "auroc", true, DetectionMetrics::auroc),
    AUPR_IN("AUPR-in", "auprIn", true, DetectionMetrics::auprIn),
    AUPR_OUT("AUPR-out", "auprOut", true, DetectionMetrics::auprOut),
    DETECTION_ERROR("Detection error", "detectionError", false, DetectionMetrics::detectionError);

    private final String title;
    private final String key;
    private final boolean higherIsBetter;
    private final ToDoubleFunction<DetectionMetrics> value;

    Figure(String title, String key, boolean higherIsBetter, ToDoubleFunction<DetectionMetrics> value) {
        this.title = title;
        this.key = key;
        this.higherIsBetter = higherIsBetter;
        this.value = value;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** In JSON. */
    public String key() {
        return key;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** ↑ where higher is better, ↓ where lower is. */
    public String arrow() {
        return higherIsBetter ? "↑" : "↓";
    }

    /** As a share, 0 to 1. */
    public double of(DetectionMetrics metrics) {
        return value.applyAsDouble(metrics);
    }

    /** In percent, with the two decimals of the papers: 38.00. */
    public String text(DetectionMetrics metrics) {
        long hundredths = hundredths(metrics);
        return String.format(Locale.ROOT, "%d.%02d", hundredths / 100, hundredths % 100);
    }

    /** Hundredths of a percent: two methods that print alike are equally good. */
    long hundredths(DetectionMetrics metrics) {
        return Math.round(of(metrics) * 10_000);
    }
}
