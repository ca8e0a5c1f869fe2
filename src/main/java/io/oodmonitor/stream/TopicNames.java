package io.oodmonitor.stream;

import static io.oodmonitor.stream.MonitorConfig.text;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/** The topics that the monitor reads (images, calibrationImages) and writes (the rest). */
public record TopicNames(String images, String calibrationImages, String scores, String alerts, String rates,
                         String rateAlerts, String thresholds, String deadLetters) {

    static void define(ConfigDef settings) {
        text(settings, MonitorConfig.IMAGES_TOPIC, "images", "Topic of the images to judge. Read.");
        text(settings, MonitorConfig.CALIBRATION_IMAGES_TOPIC, "calibration-images",
                "Topic of the labelled in-distribution images that move the threshold. Read.");
        text(settings, MonitorConfig.SCORES_TOPIC, "ood-scores", "Topic of the verdicts, one per image. Written.");
        text(settings, MonitorConfig.ALERTS_TOPIC, "ood-alerts",
                "Topic of the verdicts that are out of distribution. Written.");
        text(settings, MonitorConfig.RATES_TOPIC, "ood-rates",
                "Topic of the rates per source and window. Written.");
        text(settings, MonitorConfig.RATE_ALERTS_TOPIC, "ood-rate-alerts",
                "Topic of the alerts raised and cleared per source. Written.");
        text(settings, MonitorConfig.THRESHOLDS_TOPIC, "ood-thresholds",
                "Compacted topic of the thresholds. Written and read.");
        text(settings, MonitorConfig.DEAD_LETTERS_TOPIC, "ood-dead-letters",
                "Topic of the records that cannot be scored. Written.");
    }

    static TopicNames from(MonitorConfig config) {
        return new TopicNames(config.getString(MonitorConfig.IMAGES_TOPIC),
                config.getString(MonitorConfig.CALIBRATION_IMAGES_TOPIC), config.getString(MonitorConfig.SCORES_TOPIC),
                config.getString(MonitorConfig.ALERTS_TOPIC), config.getString(MonitorConfig.RATES_TOPIC),
                config.getString(MonitorConfig.RATE_ALERTS_TOPIC), config.getString(MonitorConfig.THRESHOLDS_TOPIC),
                config.getString(MonitorConfig.DEAD_LETTERS_TOPIC));
    }

    /** The topics that carry ImageEvents. */
    public Set<String> inputs() {
        return Set.of(images, calibrationImages);
    }

    /** All topics, inputs first. */
    public List<String> all() {
        return List.of(images, calibrationImages, scores, alerts, rates, rateAlerts, thresholds, deadLetters);
    }
}
