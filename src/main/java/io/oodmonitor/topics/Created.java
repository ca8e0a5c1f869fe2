package io.oodmonitor.topics;

import java.util.List;

/**
 * What a setup found and did, in the order asked for.
 *
 * @param created     topics that were missing and are there now
 * @param existing    topics that were there before and were left as they are
 * @param differences one sentence for everything in which an existing topic is not as asked for
 */
public record Created(List<String> created, List<String> existing, List<String> differences) {

    public Created {
        created = List.copyOf(created);
        existing = List.copyOf(existing);
        differences = List.copyOf(differences);
    }
}
