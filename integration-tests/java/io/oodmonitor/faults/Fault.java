package io.oodmonitor.faults;

import java.util.Objects;
import java.util.Random;

/**
 * Something that goes wrong, and ends.
 *
 * @param name      as the report has it
 * @param injection does it
 */
record Fault(String name, Injection injection) {

    /** Lets it happen, and returns when it is over: what failed is there again, if not yet at work. */
    @FunctionalInterface
    interface Injection {

        /**
         * @param random of the schedule: where, when, for how long
         * @return what was seen, in words; empty if there is nothing to say
         */
        String into(Site site, Random random) throws Exception;
    }

    Fault {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(injection, "injection");
    }
}
