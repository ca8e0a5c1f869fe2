package io.oodmonitor.faults;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All that was sent and acknowledged, and what was sent and may or may not be there. Thread-safe. */
final class Ledger {

    private final Map<String, Sent> byId = new ConcurrentHashMap<>();
    private final Map<Origin, Sent> byOrigin = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Long>> ends = new ConcurrentHashMap<>();
    private final Set<String> unacknowledged = ConcurrentHashMap.newKeySet();

    void acknowledged(Sent sent) {
        byId.put(sent.id(), sent);
        byOrigin.put(sent.origin(), sent);
        ends.computeIfAbsent(sent.origin().topic(), topic -> new ConcurrentHashMap<>())
                .merge(sent.origin().partition(), sent.origin().offset(), Math::max);
    }

    void unacknowledged(String id) {
        unacknowledged.add(id);
    }

    Optional<Sent> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Sent> byOrigin(Origin origin) {
        return Optional.ofNullable(byOrigin.get(origin));
    }

    Collection<Sent> all() {
        return byId.values();
    }

    /** The offset of the last acknowledged record of each partition of a topic. */
    Map<Integer, Long> ends(String topic) {
        return Map.copyOf(ends.getOrDefault(topic, Map.of()));
    }

    /** Ids that were sent and not acknowledged: the records may or may not be there. */
    Set<String> unacknowledged() {
        return Set.copyOf(unacknowledged);
    }
}
