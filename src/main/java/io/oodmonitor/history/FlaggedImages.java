package io.oodmonitor.history;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The latest images out of distribution. Thread-safe. */
public final class FlaggedImages {

    static final int MOST = 2_000;
    static final long MOST_CHARACTERS = 4 << 20;

    private final Clock clock;
    private final long span;
    private final NavigableMap<ImageKey, FlaggedImage> images = new TreeMap<>();
    private long characters;

    public FlaggedImages(Clock clock, Duration span) {
        this.clock = clock;
        this.span = span.toMillis();
    }

    public synchronized void add(FlaggedImage image) {
        if (images.put(image.key(), image) == null) {
            characters += image.weight();
        }
        forget();
    }

    private void forget() {
        long oldest = clock.millis() - span;
        while (images.size() > MOST || characters > MOST_CHARACTERS
                || !images.isEmpty() && images.firstKey().scoredAt() < oldest) {
            characters -= images.pollFirstEntry().getValue().weight();
        }
    }

    /**
     * Images that came in [from, to), as rates and alerts have it, newest first by when they were judged.
     *
     * @param source empty for all
     * @param before only those older than that one; empty for the newest
     * @param limit  at most so many
     */
    public synchronized List<FlaggedImage> latest(Optional<String> source, long from, long to,
                                                  Optional<ImageKey> before, int limit) {
        forget();
        NavigableMap<ImageKey, FlaggedImage> older = before.map(key -> images.headMap(key, false)).orElse(images);
        return older.descendingMap().values().stream()
                .filter(image -> image.cameAt() >= from && image.cameAt() < to)
                .filter(image -> source.isEmpty() || source.get().equals(image.verdict().getSource()))
                .limit(limit).toList();
    }

    /** One of those that are kept. */
    public synchronized Optional<FlaggedImage> find(ImageKey key) {
        return Optional.ofNullable(images.get(key));
    }
}
