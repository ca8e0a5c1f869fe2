package io.oodmonitor.history;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands until it is told to move. */
final class MovingClock extends Clock {

    private long millis;

    MovingClock(long millis) {
        this.millis = millis;
    }

    void add(long more) {
        millis += more;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock knows no other zone");
    }
}
