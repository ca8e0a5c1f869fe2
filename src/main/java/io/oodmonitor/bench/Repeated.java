package io.oodmonitor.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that is done again and again for a while, on several threads at once. Stateless. */
final class Repeated {

    /** What one thread does; a thread has its own. */
    @FunctionalInterface
    interface Work {

        /** Does it once and says for how many images. */
        int once() throws Exception;
    }

    private Repeated() {}

    /**
     * Images per second of all threads together, at least one round each. Nothing is warmed up here.
     *
     * @param lanes one for each thread
     */
    static double imagesPerSecond(List<? extends Work> lanes, Duration length) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size(), task -> new Thread(task, "bench-repeat"));
        try {
            List<Future<Double>> rates = new ArrayList<>();
            for (Work lane : lanes) {
                rates.add(threads.submit(() -> rate(lane, length)));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    private static double rate(Work lane, Duration length) throws Exception {
        long start = System.nanoTime();
        long images = 0;
        long nanos;
        do {
            images += lane.once();
            nanos = System.nanoTime() - start;
        } while (nanos < length.toNanos());
        return images * 1e9 / nanos;
    }
}
