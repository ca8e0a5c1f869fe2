package io.oodmonitor.stream.processor;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Says when to commit before Kafka Streams does by itself: a verdict is seen only once it is committed, so while few
 * images come and the engine keeps up a commit comes early, and under full load none does. A thread that commits takes
 * no image, so it works at least as long as its last commit took before the next one comes early: where brokers are slow
 * to replicate, more commits would leave it no time for anything else. Thread-safe; every stream thread has a pace of
 * its own, as it has transactions of its own.
 */
public final class CommitPace {

    /**
     * Of the commit interval. With a DenseNet at half load on two cores and batches of 4, in turn, medians of three
     * rounds of 5 s, p50 was 21 ms and p99 58 ms with a tenth, 38 ms and 84 ms with three tenths.
     */
    private static final double EARLIEST = 0.1;
    /**
     * The most images a millisecond that get a commit before its time: it costs the broker about a dozen requests, and a
     * network that keeps up with whatever comes leaves nothing waiting under full load either. With one that does next to
     * nothing that was 25 commits a second instead of 9; without them, and without Kafka Streams' question whether other
     * partitions may lag, it came to 48,000 images a second instead of 40,000.
     */
    private static final int MOST_A_MILLISECOND = 3;

    private final long pauseMillis;
    private final BooleanSupplier isBehind;
    private final ThreadLocal<Pause> pauses = ThreadLocal.withInitial(Pause::new);

    private static final class Pause {
        private long began;
        private long leastMillis;
        private int images;

        private void begin(long nowMillis) {
            began = nowMillis;
            images = 0;
        }
    }

    /**
     * @param commitInterval after which Kafka Streams commits by itself
     * @param isBehind       whether the engine does not keep up
     */
    public CommitPace(Duration commitInterval, BooleanSupplier isBehind) {
        this.pauseMillis = Math.round(EARLIEST * commitInterval.toMillis());
        this.isBehind = isBehind;
    }

    /**
     * To be told of each commit, early or not, by the thread that made it.
     *
     * @param tookMillis from its beginning until now
     */
    public void committed(long nowMillis, long tookMillis) {
        Pause pause = pauses.get();
        pause.begin(nowMillis);
        pause.leastMillis = tookMillis;
    }

    /** To be asked after each image: whether to commit what this thread has processed. */
    boolean isDue(long nowMillis) {
        Pause pause = pauses.get();
        pause.images++;
        long goneMillis = nowMillis - pause.began;
        if (goneMillis < Math.max(pauseMillis, pause.leastMillis)) {
            return false;
        }
        boolean worthIt = pause.images <= MOST_A_MILLISECOND * goneMillis;
        boolean due = worthIt && !isBehind.getAsBoolean();
        if (due || !worthIt) {
            pause.begin(nowMillis);
        }
        return due;
    }
}
