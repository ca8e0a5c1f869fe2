package io.oodmonitor.scoring;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A network around another that fails on command, and always on images of one colour. Thread-safe. */
public final class CommandedNetwork extends ForwardingNetwork {

    /** Every byte of an image that it fails on. */
    public static final byte POISON = (byte) 222;

    /** The next run fails. */
    public static final String FAIL_ONCE = "fail-once";
    /** Every run fails, until it is to be sound. */
    public static final String FAIL = "fail";
    public static final String SOUND = "sound";
    /** The next run finds no memory. */
    public static final String NO_MEMORY = "no-memory";
    /** The next run finds classes that there are not: the stream thread that judges them dies. */
    public static final String NO_CLASS = "no-class";
    /** And a number of milliseconds, which the next run takes. */
    public static final String HANG = "hang ";
    /** What it says when such a run begins. */
    public static final String HANGS = "hangs";

    private final Consumer<String> says;
    private final AtomicBoolean failsOnce = new AtomicBoolean();
    private final AtomicBoolean hasNoMemory = new AtomicBoolean();
    private final AtomicBoolean findsNoClass = new AtomicBoolean();
    private final AtomicLong hangs = new AtomicLong();
    private volatile boolean fails;

    /** @param says is told what happens in the middle of a run */
    public CommandedNetwork(Network network, Consumer<String> says) {
        super(network);
        this.says = says;
    }

    /** @throws IllegalArgumentException if it is none of the commands here */
    public void obey(String command) {
        if (command.startsWith(HANG)) {
            hangs.set(Long.parseLong(command.substring(HANG.length())));
            return;
        }
        switch (command) {
            case FAIL_ONCE -> failsOnce.set(true);
            case FAIL -> fails = true;
            case SOUND -> fails = false;
            case NO_MEMORY -> hasNoMemory.set(true);
            case NO_CLASS -> findsNoClass.set(true);
            default -> throw new IllegalArgumentException("a commanded network does not know '" + command + "'");
        }
    }

    @Override
    public void run(Batch batch, int from, int to) throws NetworkException {
        hang();
        if (fails || failsOnce.compareAndSet(true, false)) {
            throw new NetworkException("Error code - ORT_FAIL - message: as commanded", null);
        }
        if (hasNoMemory.compareAndSet(true, false)) {
            throw new NetworkException(DeviceNetwork.NO_MEMORY, null);
        }
        for (int i = from; i < to; i++) {
            if (isPoisoned(batch.pixels(i, i + 1))) {
                throw new NetworkException("Error code - ORT_FAIL - message: not this image", null);
            }
        }
        super.run(batch, from, to);
        if (findsNoClass.compareAndSet(true, false)) {
            LongBuffer classes = batch.classes(from, to);
            while (classes.hasRemaining()) {
                classes.put(Integer.MAX_VALUE);
            }
        }
    }

    private void hang() throws NetworkException {
        long millis = hangs.getAndSet(0);
        if (millis == 0) {
            return;
        }
        says.accept(HANGS);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted", e);
        }
    }

    private static boolean isPoisoned(ByteBuffer pixels) {
        while (pixels.hasRemaining()) {
            if (pixels.get() != POISON) {
                return false;
            }
        }
        return true;
    }
}
