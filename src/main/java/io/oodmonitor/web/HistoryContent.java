package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.history.AlertSpan;
import io.oodmonitor.history.FlaggedImage;
import io.oodmonitor.history.PerformanceHistory;
import io.oodmonitor.history.PerformanceSample;
import io.oodmonitor.history.RateSeries;
import io.oodmonitor.history.RateWindow;
import io.oodmonitor.history.SourceSummary;
import io.oodmonitor.history.ThresholdPoint;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Parts of the history as JSON. */
final class HistoryContent {

    private HistoryContent() {}

    static ObjectNode source(SourceSummary source, boolean alert) {
        return Json.object().put("source", source.source()).put("images", source.images()).put("ood", source.ood())
                .put("rate", source.rate()).put("lastRate", source.lastRate()).put("alert", alert)
                .put("lastWindowEnd", source.lastWindowEnd());
    }

    /** A column for each figure. */
    static ObjectNode rates(Optional<String> source, long from, long to, OptionalDouble expected, RateSeries series) {
        ObjectNode body = Json.object().put("source", source.orElse(null)).put("from", from).put("to", to)
                .put("stepMs", series.stepMillis());
        Json.put(body, "expectedRate", expected);
        ArrayNode start = body.putArray("start");
        ArrayNode images = body.putArray("images");
        ArrayNode ood = body.putArray("ood");
        ArrayNode rate = body.putArray("rate");
        ArrayNode lower = body.putArray("lower");
        ArrayNode upper = body.putArray("upper");
        for (int i = 0; i < series.size(); i++) {
            start.add(series.starts()[i]);
            images.add(series.images()[i]);
            ood.add(series.ood()[i]);
            rate.add(series.rate(i));
            lower.add(series.interval(i).lower());
            upper.add(series.interval(i).upper());
        }
        return body;
    }

    static ObjectNode window(RateWindow window) {
        return Json.object().put("source", window.source()).put("start", window.start()).put("end", window.end())
                .put("images", window.images()).put("ood", window.ood()).put("rate", window.rate())
                .put("lower", window.lower()).put("upper", window.upper());
    }

    static ObjectNode alert(AlertSpan span) {
        ObjectNode body = Json.object().put("source", span.source()).put("from", span.from());
        Json.put(body, "to", span.to());
        body.put("images", span.images()).put("ood", span.ood()).put("rate", span.rate())
                .put("expectedRate", span.expectedRate()).put("pValue", span.pValue());
        ArrayNode ids = body.putArray("sampleIds");
        span.sampleIds().forEach(ids::add);
        return body;
    }

    static ObjectNode image(FlaggedImage image, boolean thumbnail) {
        OodScore verdict = image.verdict();
        return Json.object().put("key", image.key().text()).put("id", verdict.getId())
                .put("source", verdict.getSource()).put("capturedAt", verdict.getCapturedAt().toEpochMilli())
                .put("scoredAt", verdict.getScoredAt().toEpochMilli()).<ObjectNode>setAll(verdict(verdict))
                .put("thumbnail", thumbnail);
    }

    /** What a verdict says beside whose it is. */
    static ObjectNode verdict(OodScore verdict) {
        return Json.object().put("score", verdict.getScore()).put("energy", verdict.getEnergy())
                .put("verdict", verdict.getVerdict().name()).put("threshold", verdict.getThreshold())
                .put("thresholdVersion", verdict.getThresholdVersion()).put("pValue", verdict.getPValue())
                .put("predictedLabel", verdict.getPredictedLabel()).put("predictedIndex", verdict.getPredictedIndex())
                .put("confidence", verdict.getConfidence()).put("detectorVersion", verdict.getDetectorVersion());
    }

    static ObjectNode threshold(ThresholdPoint point) {
        ObjectNode body = Json.object().put("version", point.version()).put("threshold", point.threshold())
                .put("samples", point.samples());
        Json.put(body, "accuracy", point.accuracy());
        return body.put("targetFalseAlarmRate", point.targetFalseAlarmRate()).put("updatedAt", point.updatedAt())
                .put("modelVersion", point.modelVersion()).put("detectorVersion", point.detectorVersion());
    }

    /** A column for each figure. */
    static ObjectNode performance(PerformanceHistory.Series series, Map<String, Long> deadLetters) {
        ObjectNode body = Json.object().put("stepMs", series.stepMillis());
        ArrayNode start = body.putArray("start");
        ArrayNode images = body.putArray("imagesPerSecond");
        ArrayNode p50 = body.putArray("latencyP50Ms");
        ArrayNode p99 = body.putArray("latencyP99Ms");
        ArrayNode size = body.putArray("batchSize");
        ArrayNode wait = body.putArray("queueWaitMs");
        ArrayNode inference = body.putArray("inferenceMs");
        ArrayNode lag = body.putArray("lag");
        for (PerformanceSample sample : series.samples()) {
            start.add(sample.start());
            images.add(sample.imagesPerSecond());
            Json.add(p50, sample.p50());
            Json.add(p99, sample.p99());
            Json.add(size, sample.batchSize());
            Json.add(wait, sample.queueWaitMillis());
            Json.add(inference, sample.inferenceMillis());
            Json.add(lag, sample.knownLag());
        }
        return body.<ObjectNode>set("deadLetters", deadLetters(deadLetters));
    }

    static ObjectNode deadLetters(Map<String, Long> byReason) {
        ObjectNode body = Json.object();
        byReason.forEach(body::put);
        return body;
    }
}
