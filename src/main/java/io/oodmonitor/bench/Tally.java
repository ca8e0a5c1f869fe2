package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.latency.LatencyRecorder;
import java.time.Duration;

/**
 * The account of every image sent, by its number from 0 on: when it was due, whether it came out. It is exact however
 * long it runs, and holds no more than what is under way. Thread-safe.
 */
final class Tally {

    private static final long CAME_OUT = Long.MIN_VALUE;

    /** A ring, of a power of two, for the images from the first on that is still under way. */
    private long[] due = new long[1 << 12];
    private int first;
    private int sent;
    private LatencyRecorder latencies = new LatencyRecorder();
    private long verdicts;
    private long deadLetters;
    private long duplicated;
    private long latestAt = System.nanoTime();
    private long awaited = -1;

    /** So many images came out by then. */
    record Mark(long images, long nanos) {

        /** Images per second since an earlier mark. */
        double since(Mark earlier) {
            return nanos == earlier.nanos ? 0 : (images - earlier.images) * 1e9 / (nanos - earlier.nanos);
        }
    }

    /** What became of all images. */
    record Totals(long sent, long verdicts, long deadLetters, long lost, long duplicated) {

        boolean isExact() {
            return lost == 0 && duplicated == 0;
        }

        String inWords() {
            return Numbers.count(sent) + " sent = " + Numbers.count(verdicts, "verdict") + " + "
                    + Numbers.count(deadLetters, "dead letter") + "; " + Numbers.count(lost) + " lost, "
                    + Numbers.count(duplicated) + " doubled";
        }
    }

    /** Gives the next image its number. */
    synchronized int sent(long dueAt) {
        if (sent - first == due.length) {
            long[] larger = new long[2 * due.length];
            for (int i = first; i < sent; i++) {
                larger[i & (larger.length - 1)] = due[slot(i)];
            }
            due = larger;
        }
        due[slot(sent)] = dueAt;
        return sent++;
    }

    private int slot(int number) {
        return number & (due.length - 1);
    }

    synchronized void arrived(int number, boolean isDeadLetter, long now) {
        // Before the first there is none that has not come out.
        if (number < first || due[slot(number)] == CAME_OUT) {
            duplicated++;
            return;
        }
        latencies.record(now - due[slot(number)]);
        due[slot(number)] = CAME_OUT;
        while (first < sent && due[slot(first)] == CAME_OUT) {
            first++;
        }
        latestAt = now;
        if (isDeadLetter) {
            deadLetters++;
        } else {
            verdicts++;
        }
        if (ahead() == awaited) {
            notifyAll();
        }
    }

    synchronized long ahead() {
        return sent - verdicts - deadLetters;
    }

    /**
     * Waits until no more than so many are ahead; false if more of them are after this time. For one thread, which is
     * woken once.
     */
    synchronized boolean awaitAhead(long most, Duration patience) throws InterruptedException {
        if (ahead() > most) {
            awaited = most;
            wait(patience.toMillis());
            awaited = -1;
        }
        return ahead() <= most;
    }

    /** Up to the latest image, as they come out together, once for every commit. */
    synchronized Mark mark() {
        return new Mark(verdicts + deadLetters, latestAt);
    }

    /** The latencies since the last call. */
    synchronized LatencyRecorder takeLatencies() {
        LatencyRecorder taken = latencies;
        latencies = new LatencyRecorder();
        return taken;
    }

    synchronized Totals totals() {
        return new Totals(sent, verdicts, deadLetters, sent - verdicts - deadLetters, duplicated);
    }
}
