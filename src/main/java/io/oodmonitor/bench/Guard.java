package io.oodmonitor.bench;

import io.oodmonitor.cli.CommandFailure;
import io.oodmonitor.cli.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets time pass, and ends the bench when somebody stops it or something that takes part in it fails. Thread-safe. */
final class Guard {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final StopSignal stop;
    private final List<Supplier<Optional<? extends Throwable>>> failures = new CopyOnWriteArrayList<>();

    Guard(StopSignal stop) {
        this.stop = stop;
    }

    /** From now on this, once there, ends what waits here. */
    void watch(Supplier<Optional<? extends Throwable>> failure) {
        failures.add(failure);
    }

    /** @throws CommandFailure if the bench was stopped or something failed */
    void check() {
        if (stop.isRequested()) {
            throw new CommandFailure("The bench was stopped before its end, so there are no figures");
        }
        for (Supplier<Optional<? extends Throwable>> failure : failures) {
            failure.get().ifPresent(e -> {
                throw new CommandFailure("The bench cannot go on: " + e.getMessage(), e);
            });
        }
    }

    void pause(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            check();
            stop.await(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
        }
        check();
    }

    /** Waits until something holds; false if it does not in time. */
    boolean await(BooleanSupplier holds, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(LOOK);
        }
        return true;
    }
}
