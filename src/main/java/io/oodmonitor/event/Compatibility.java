package io.oodmonitor.event;

import java.util.List;

/**
 * Whether a registry would take a schema as the next version of a subject.
 *
 * @param compatible whether it would
 * @param reasons    why not, in the registry's words; may be empty
 */
public record Compatibility(boolean compatible, List<String> reasons) {

    /** Copies the reasons. */
    public Compatibility {
        reasons = List.copyOf(reasons);
    }
}
