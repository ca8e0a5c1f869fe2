package io.oodmonitor.demo;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.latency.Latency;
import io.oodmonitor.latency.LatencyRecorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The account of every image: what was sent, what came out, how often, how fast; and of every episode's alert.
 * Thread-safe.
 */
final class Ledger {

    /** @param capturedAt nanoseconds of {@link System#nanoTime} */
    private record Sent(SentImage image, long capturedAt) {}

    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, Integer> outcomes = new HashMap<>();
    private final Map<Episode, EpisodeAccount> episodes = new LinkedHashMap<>();
    private final Map<String, Episode> raised = new HashMap<>();
    private final LatencyRecorder latency = new LatencyRecorder();
    private final List<OodRateAlert> alerts = new ArrayList<>();
    private long verdicts;
    private long deadLetters;
    private long idImages;
    private long idFlagged;
    private long oodImages;
    private long oodFlagged;

    /** What is known of an episode. */
    record EpisodeAccount(Episode episode, long images, long flagged, boolean isRaised, boolean isCleared) {

        EpisodeAccount plus(boolean flag) {
            return new EpisodeAccount(episode, images + 1, flagged + (flag ? 1 : 0), isRaised, isCleared);
        }

        EpisodeAccount alerted(AlertState state) {
            return new EpisodeAccount(episode, images, flagged, isRaised || state == AlertState.RAISED,
                    isCleared || state == AlertState.CLEARED);
        }
    }

    synchronized void sent(SentImage image, long capturedAt) {
        sent.put(image.id(), new Sent(image, capturedAt));
        image.episode().ifPresent(e -> episodes.putIfAbsent(e, new EpisodeAccount(e, 0, 0, false, false)));
    }

    synchronized void verdict(OodScore score, long now) {
        verdicts++;
        Sent known = outcome(score.getId());
        if (known == null) {
            return;
        }
        SentImage image = known.image();
        latency.record(now - known.capturedAt());
        boolean flagged = score.getVerdict() == Verdict.OUT_OF_DISTRIBUTION;
        if (image.episode().isPresent()) {
            oodImages++;
            oodFlagged += flagged ? 1 : 0;
            episodes.computeIfPresent(image.episode().get(), (e, account) -> account.plus(flagged));
        } else {
            idImages++;
            idFlagged += flagged ? 1 : 0;
        }
    }

    synchronized void deadLetter(String id) {
        deadLetters++;
        outcome(id);
    }

    private Sent outcome(String id) {
        outcomes.merge(id, 1, Integer::sum);
        return sent.get(id);
    }

    /** An alert belongs to the source's latest episode. */
    synchronized void alert(OodRateAlert alert) {
        alerts.add(alert);
        Optional<Episode> latest = episodes.keySet().stream()
                .filter(episode -> episode.source().equals(alert.getSource())).reduce((first, second) -> second);
        if (alert.getState() == AlertState.RAISED) {
            latest.ifPresent(episode -> raised.put(alert.getSource(), episode));
        }
        Episode episode = alert.getState() == AlertState.RAISED ? latest.orElse(null) : raised.remove(alert.getSource());
        if (episode != null) {
            episodes.computeIfPresent(episode, (e, account) -> account.alerted(alert.getState()));
        }
    }

    synchronized boolean isComplete() {
        return outcomes.size() >= sent.size();
    }

    synchronized boolean isAnyRaised() {
        return !raised.isEmpty();
    }

    synchronized Totals totals() {
        long lost = sent.keySet().stream().filter(id -> !outcomes.containsKey(id)).count();
        long duplicated = outcomes.values().stream().mapToLong(count -> count - 1).sum();
        return new Totals(sent.size(), verdicts, deadLetters, lost, duplicated, idImages, idFlagged, oodImages,
                oodFlagged, alerts.stream().filter(a -> a.getState() == AlertState.RAISED).count(),
                alerts.stream().filter(a -> a.getState() == AlertState.CLEARED).count(),
                latency.latency(), List.copyOf(episodes.values()));
    }

    /** Everything so far. */
    record Totals(long sent, long verdicts, long deadLetters, long lost, long duplicated, long idImages, long idFlagged,
                  long oodImages, long oodFlagged, long alertsRaised, long alertsCleared, Latency latency,
                  List<EpisodeAccount> episodes) {}
}
