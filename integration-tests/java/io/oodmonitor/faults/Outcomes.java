package io.oodmonitor.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has become of the records of a ledger: each must come out once, as what it should, in order. Not thread-safe.
 */
final class Outcomes {

    private static final int MOST_EXAMPLES = 20;

    /** Where order holds: one output topic, as far as it comes from one input partition. */
    private record Channel(String output, String input, int partition) {}

    private final Ledger ledger;
    private final Set<String> seen = new HashSet<>();
    private final Map<Channel, Long> last = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long doubled;
    private long outOfOrder;
    private long wrong;

    Outcomes(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A verdict, in the order of its partition. */
    void verdict(String id, String topic, int partition) {
        Optional<Sent> sent = ledger.byId(id);
        if (sent.isPresent()) {
            cameOut(sent.get(), sent.get().kind().mayBeVerdict(), topic, partition);
        } else if (!ledger.unacknowledged().contains(id) || !seen.add(id)) {
            wrong++;
            example("a verdict on " + id + ", which was never sent, or twice on what was not acknowledged");
        }
    }

    /** A dead letter, in the order of its partition. */
    void deadLetter(Origin origin, String topic, int partition) {
        Optional<Sent> sent = ledger.byOrigin(origin);
        if (sent.isPresent()) {
            cameOut(sent.get(), sent.get().kind().mayBeDeadLetter(), topic, partition);
        } else if (ledger.unacknowledged().isEmpty()) {
            wrong++;
            example("a dead letter of " + origin + ", where nothing was sent to");
        }
    }

    private void cameOut(Sent sent, boolean asItShould, String topic, int partition) {
        if (!seen.add(sent.id())) {
            doubled++;
            example("again on " + topic + ": " + sent);
            return;
        }
        if (!asItShould) {
            wrong++;
            example("on " + topic + ", where it should not be: " + sent);
        }
        Origin origin = sent.origin();
        Long before = last.put(new Channel(topic, origin.topic(), origin.partition()), origin.offset());
        if (partition != origin.partition() || before != null && before > origin.offset()) {
            outOfOrder++;
            example("on " + topic + " in partition " + partition + " behind offset " + before + ": " + sent);
        }
    }

    private void example(String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }

    /** Acknowledged records that did not come out, once all that did has been told. */
    long lost() {
        List<Sent> lost = ledger.all().stream()
                .filter(sent -> sent.kind().comesOut() && !seen.contains(sent.id())).toList();
        lost.forEach(sent -> example("never came out: " + sent));
        return lost.size();
    }

    long doubled() {
        return doubled;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    long wrong() {
        return wrong;
    }

    List<String> examples() {
        return List.copyOf(examples);
    }
}
