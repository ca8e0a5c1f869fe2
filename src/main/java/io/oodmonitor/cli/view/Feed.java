package io.oodmonitor.cli.view;

import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.TopicNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What can be watched. */
public enum Feed {
    ALERTS(TopicNames::alerts),
    SCORES(TopicNames::scores),
    RATES(TopicNames::rates),
    RATE_ALERTS(TopicNames::rateAlerts),
    THRESHOLDS(TopicNames::thresholds),
    DEAD_LETTERS(TopicNames::deadLetters);

    private final Function<TopicNames, String> topic;

    Feed(Function<TopicNames, String> topic) {
        this.topic = topic;
    }

    /** Its name on the command line: rate-alerts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Feed::word).toList();
    }

    /** The feed of that name. */
    public static Optional<Feed> of(String word) {
        return Arrays.stream(values()).filter(feed -> feed.word().equals(word)).findFirst();
    }

    public String topic(TopicNames names) {
        return topic.apply(names);
    }

    /** Reads and shows the feed's records. */
    public View view(RegistryClient registry, Style style) {
        return switch (this) {
            case ALERTS, SCORES -> new AvroView<>(registry, OodScore.class, ScoreView.columns(),
                    score -> Optional.of(score.getSource()), score -> ScoreView.cells(score, style));
            case RATES -> new AvroView<>(registry, OodRate.class, RateView.columns(),
                    rate -> Optional.of(rate.getSource()), rate -> RateView.cells(rate, style));
            case RATE_ALERTS -> new AvroView<>(registry, OodRateAlert.class, RateAlertView.columns(),
                    alert -> Optional.of(alert.getSource()), alert -> RateAlertView.cells(alert, style));
            case THRESHOLDS -> new AvroView<>(registry, OodThreshold.class, ThresholdView.columns(),
                    threshold -> Optional.empty(), ThresholdView::cells);
            case DEAD_LETTERS -> new DeadLetterView(style);
        };
    }
}
