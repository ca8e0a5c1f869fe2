package io.oodmonitor.scoring;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

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
    /** And a number of milliseconds, which the next run takes. */
    public static final String HANG = "hang ";

    private final AtomicBoolean failsOnce = new AtomicBoolean();
    private final AtomicBoolean hasNoMemory = new AtomicBoolean();
    private final AtomicLong hangs = new AtomicLong();
    private volatile boolean fails;

    public CommandedNetwork(Network network) {
        super(network);
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
    }

    private void hang() throws NetworkException {
        try {
            Thread.sleep(hangs.getAndSet(0));
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
