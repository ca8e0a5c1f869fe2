package io.oodmonitor.history;

import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.MalformedRecordException;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.TopicNames;
import io.oodmonitor.stream.processor.DeadLetterProcessor;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records of the output topics where they belong, and tells of them once it is live. Not thread-safe. */
final class HistoryRecords implements Consumer<ConsumerRecord<byte[], byte[]>> {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryRecords.class);

    private final TopicNames topics;
    private final History history;
    private final HistoryListener listener;
    private final AvroDeserializer<OodRate> rates;
    private final AvroDeserializer<OodRateAlert> rateAlerts;
    private final AvroDeserializer<OodThreshold> thresholds;
    private final AvroDeserializer<OodScore> scores;
    private boolean live;

    HistoryRecords(TopicNames topics, RegistryClient registry, History history, HistoryListener listener) {
        this.topics = topics;
        this.history = history;
        this.listener = listener;
        this.rates = new AvroDeserializer<>(registry, OodRate.class);
        this.rateAlerts = new AvroDeserializer<>(registry, OodRateAlert.class);
        this.thresholds = new AvroDeserializer<>(registry, OodThreshold.class);
        this.scores = new AvroDeserializer<>(registry, OodScore.class);
    }

    boolean isLive() {
        return live;
    }

    /** The past was read. */
    void live() {
        live = true;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(topics.deadLetters())) {
            history.deadLetters().add(reason(record), record.timestamp());
            return;
        }
        if (record.value() == null) {
            // A threshold that somebody deleted.
            return;
        }
        try {
            if (topic.equals(topics.rates())) {
                rate(RateWindow.of(rates.deserialize(topic, record.value())));
            } else if (topic.equals(topics.rateAlerts())) {
                history.alerts().add(rateAlerts.deserialize(topic, record.value())).filter(span -> live)
                        .ifPresent(listener::alert);
            } else if (topic.equals(topics.thresholds())) {
                threshold(ThresholdPoint.of(thresholds.deserialize(topic, record.value())));
            } else {
                flagged(record, scores.deserialize(topic, record.value()));
            }
        } catch (MalformedRecordException e) {
            LOG.debug("{}-{}@{} is left out of the history: {}", topic, record.partition(), record.offset(),
                    e.getMessage());
        }
    }

    private void rate(RateWindow window) {
        history.rates().add(window);
        if (live) {
            listener.rate(window);
        }
    }

    private void threshold(ThresholdPoint point) {
        if (history.thresholds().add(point) && live) {
            listener.threshold(point);
        }
    }

    private void flagged(ConsumerRecord<byte[], byte[]> record, OodScore verdict) {
        long scoredAt = verdict.getScoredAt().toEpochMilli();
        // A sender's clock may run ahead; windows count an image of the future as one of the present, too.
        FlaggedImage image = new FlaggedImage(new ImageKey(scoredAt, record.partition(), record.offset()),
                Math.min(record.timestamp(), scoredAt), verdict);
        history.images().add(image);
        if (live) {
            listener.flagged(image);
        }
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(DeadLetterProcessor.REASON_HEADER);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
