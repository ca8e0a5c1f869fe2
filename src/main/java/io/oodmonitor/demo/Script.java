package io.oodmonitor.demo;

import io.oodmonitor.render.OddKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What happens when: every so often one of the cameras, in turn, has an episode, of each kind in turn. An episode that
 * could not be seen to its end is not begun. Immutable.
 *
 * @param length how long the stream lasts; empty for as long as it is let
 */
record Script(Optional<Duration> length) {

    static final List<String> SOURCES = List.of("camera-1", "camera-2", "camera-3");

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration PERIOD = Duration.ofSeconds(9);
    private static final Duration EPISODE = Duration.ofSeconds(6);
    /** After an episode, the time that it takes until an alert can have been cleared. */
    private static final Duration AFTERMATH = Duration.ofSeconds(7);

    /** The episode that is on at a source, if any. */
    Optional<Episode> episode(String source, Duration when) {
        if (when.compareTo(FIRST) < 0) {
            return Optional.empty();
        }
        return Optional.of(episode((int) when.minus(FIRST).dividedBy(PERIOD)))
                .filter(episode -> episode.isOn(source, when) && fits(episode));
    }

    private static Episode episode(int number) {
        OddKind[] kinds = OddKind.values();
        return new Episode(SOURCES.get(number % SOURCES.size()), kinds[number % kinds.length],
                FIRST.plus(PERIOD.multipliedBy(number)), EPISODE);
    }

    private boolean fits(Episode episode) {
        return length.map(end -> episode.end().plus(AFTERMATH).compareTo(end) <= 0).orElse(true);
    }
}
