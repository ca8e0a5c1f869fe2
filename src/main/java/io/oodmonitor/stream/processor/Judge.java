package io.oodmonitor.stream.processor;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.scoring.Mask;
import io.oodmonitor.scoring.MovingMask;
import io.oodmonitor.scoring.Score;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Judges scores by the threshold in force: the latest one from the calibration stream, else the one fitted with the
 * bundle, else none. One per task; not thread-safe.
 *
 * <p>INVARIANT: a score is judged only by a threshold of its own mask: one of another mask is made again from the
 * image's features, and the network told to score with the mask in force.
 */
final class Judge implements AutoCloseable {

    /** A score by the mask in force, and the threshold of that mask; none while uncalibrated. */
    record Judgement(Score score, Optional<Standard> standard) {

        Verdict verdict() {
            return standard.map(s -> score.score() < s.threshold() ? Verdict.OUT_OF_DISTRIBUTION
                    : Verdict.IN_DISTRIBUTION).orElse(Verdict.UNCALIBRATED);
        }

        Optional<Double> pValue() {
            return standard.map(s -> s.quantiles().pValue(score.score()));
        }
    }

    private final MonitoredModel model;
    private final DetectorKey key;
    private final PublishedThresholds published;
    private final Optional<Standard> fitted;
    private final Optional<MovingMask> masks;
    private final Rescorer rescorer = new Rescorer();
    private byte[] latestBytes;
    private Optional<Standard> latest;
    private Optional<Mask> latestMask;

    /** Has the network begin with the mask in force. */
    Judge(MonitoredModel model, ReadOnlyKeyValueStore<String, byte[]> store, Function<byte[], OodThreshold> reader) {
        this.model = model;
        this.key = model.key();
        this.published = new PublishedThresholds(store, reader);
        this.masks = model.mask();
        this.fitted = model.fittedStandard();
        this.latest = fitted;
        this.latestMask = masks.map(MovingMask::fitted);
        refresh();
        latestMask.ifPresent(mask -> masks.orElseThrow().use(mask));
    }

    Judgement judge(Score score) {
        refresh();
        return new Judgement(latestMask.map(mask -> inForce(score, mask)).orElse(score), latest);
    }

    /** The verdict on an image, whole. */
    Judged judged(ImageEvent event, Score submitted, long nowMillis) {
        Judgement judgement = judge(submitted);
        Score score = judgement.score();
        Optional<Standard> standard = judgement.standard();
        OodScore verdict = new OodScore(event.getId(), event.getSource(), event.getCapturedAt(),
                Instant.ofEpochMilli(nowMillis), key.model(), key.modelVersion(),
                key.detectorVersion(score.maskVersion()), model.classes().get(score.predictedIndex()),
                score.predictedIndex(),
                score.confidence(), score.score(), -score.score(),
                standard.map(Standard::threshold).orElse(null),
                standard.map(Standard::version).orElse(-1L),
                judgement.pValue().orElse(null), judgement.verdict());
        return new Judged(verdict, standard.map(Standard::rank));
    }

    private void refresh() {
        byte[] bytes = published.bytes(key);
        if (bytes == latestBytes) {
            return;
        }
        if (bytes == null) {
            latestMask = masks.map(MovingMask::fitted);
            latest = fitted;
        } else {
            OodThreshold threshold = published.read(bytes);
            latestMask = masks.map(m -> PublishedThresholds.mask(threshold, m));
            latest = Optional.of(Standard.of(threshold));
        }
        latestBytes = bytes;
    }

    private Score inForce(Score score, Mask mask) {
        if (score.maskVersion() == mask.version()) {
            return score;
        }
        masks.orElseThrow().use(mask);
        return score.with(rescorer.score(mask, score.features()), mask.version());
    }

    @Override
    public void close() {
        rescorer.close();
    }
}
