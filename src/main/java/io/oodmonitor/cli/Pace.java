package io.oodmonitor.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When the next of many things is due, at an even rate. What was late is caught up. Not thread-safe. */
final class Pace {

    private final double perSecond;
    private final LongSupplier clock;
    private final long start;

    private Pace(double perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    static Pace of(double perSecond, LongSupplier clock) {
        return new Pace(perSecond, clock);
    }

    /** As fast as it goes. */
    static Pace unbounded() {
        return new Pace(Double.POSITIVE_INFINITY, System::nanoTime);
    }

    /** How long to wait before number n, counted from 0, in nanoseconds; 0 if it is due. */
    long nanosUntil(long n) {
        double due = n * (TimeUnit.SECONDS.toNanos(1) / perSecond);
        return Math.max(0, (long) due - (clock.getAsLong() - start));
    }
}
