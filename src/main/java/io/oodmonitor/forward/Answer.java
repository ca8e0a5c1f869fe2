package io.oodmonitor.forward;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of one try to deliver an alert.
 *
 * @param what       in words, to follow "the receiver"
 * @param retryAfter how long the receiver wants to be left alone, if it says so
 */
record Answer(Fate fate, String what, Optional<Duration> retryAfter) {

    /** @param retryAfter the header, if there is one */
    static Answer ofStatus(int status, Optional<String> retryAfter, Instant now) {
        return new Answer(Fate.of(status), "answers " + status,
                retryAfter.flatMap(header -> RetryAfter.parse(header, now)));
    }

    /** Nobody is to blame but the network, or the receiver is not up. */
    static Answer none(String what) {
        return new Answer(Fate.LATER, what, Optional.empty());
    }

    static Answer refused(String what) {
        return new Answer(Fate.REFUSED, what, Optional.empty());
    }
}
