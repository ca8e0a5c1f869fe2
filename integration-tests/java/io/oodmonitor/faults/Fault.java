package io.oodmonitor.faults;

import java.util.Objects;
import java.util.Random;

/**
 * Something that goes wrong, and ends.
 *
 * @param name      as the report has it
 * @param brief     whether it belongs into a brief campaign too: it is not slow, and no other there shows the same
 * @param injection does it
 */
record Fault(String name, boolean brief, Injection injection) {

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

    static Fault of(String name, Injection injection) {
        return new Fault(name, true, injection);
    }

    /** One that is left out of a brief campaign. */
    static Fault ofLong(String name, Injection injection) {
        return new Fault(name, false, injection);
    }
}
