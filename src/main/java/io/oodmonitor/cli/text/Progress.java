package io.oodmonitor.cli.text;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How far a long work has come: one line that is drawn over on a terminal, nothing elsewhere. Thread-safe.
 */
public final class Progress implements AutoCloseable {

    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final String what;
    private final OptionalLong total;
    private final LongSupplier clock;
    private final long start;
    private long drawn;

    /**
     * Starts the clock.
     *
     * @param what  what is done, as in "Sending"
     * @param total how much there is to do, if that is known
     */
    public Progress(PrintWriter out, boolean terminal, String what, OptionalLong total) {
        this(out, terminal, what, total, System::nanoTime);
    }

    Progress(PrintWriter out, boolean terminal, String what, OptionalLong total, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.drawn = start - REDRAW_NANOS;
    }

    /** Says how much is done; draws at most ten times a second. */
    public synchronized void update(long done) {
        long now = clock.getAsLong();
        if (terminal && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            out.print(CLEAR_LINE + line(done, now - start));
            out.flush();
        }
    }

    String line(long done, long nanos) {
        double rate = nanos == 0 ? 0 : done * 1e9 / nanos;
        String line = what + " " + Numbers.count(done);
        if (total.isEmpty()) {
            return line + ", " + Numbers.perSecond(rate);
        }
        // An estimated total may be a little short.
        long all = Math.max(done, total.getAsLong());
        line += " of " + Numbers.count(all) + " (" + Numbers.percent(all == 0 ? 1 : (double) done / all) + "), "
                + Numbers.perSecond(rate);
        return rate == 0 || all == done ? line
                : line + ", " + Numbers.duration(Duration.ofMillis(Math.round(1e3 * (all - done) / rate))) + " left";
    }

    /** Since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(clock.getAsLong() - start);
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
