package io.oodmonitor.web;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** The events of one client. What it has not read yet is bounded. Thread-safe; nobody ever waits for it. */
final class EventStream extends IteratingCallback {

    private static final int MOST_EVENTS = 2_000;
    private static final long MOST_BYTES = 1 << 20;

    private final Response response;
    private final Callback callback;
    private final Supplier<byte[]> hello;
    private final Consumer<EventStream> ended;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean begun;
    private boolean ending;

    /**
     * @param hello is sent first, and again after events were lost
     * @param ended is told of the end, whoever ended it
     */
    EventStream(Response response, Callback callback, Supplier<byte[]> hello, Consumer<EventStream> ended) {
        this.response = response;
        this.callback = callback;
        this.hello = hello;
        this.ended = ended;
    }

    /** The response's head is made: from now on events may be told. */
    void begin() {
        synchronized (this) {
            begun = true;
            restart();
        }
        iterate();
    }

    void tell(byte[] event) {
        synchronized (this) {
            if (!begun) {
                // It will be in what the client fetches after the first hello.
                return;
            }
            if (waiting.size() >= MOST_EVENTS || waitingBytes + event.length > MOST_BYTES) {
                // This one is lost, too: it is in what the client fetches after the hello, whose number is larger.
                restart();
            } else {
                add(event);
            }
        }
        iterate();
    }

    private void restart() {
        waiting.clear();
        waitingBytes = 0;
        add(hello.get());
    }

    private void add(byte[] event) {
        waiting.add(event);
        waitingBytes += event.length;
    }

    /** Ends it once it was sent what it is to be sent already. */
    void end() {
        synchronized (this) {
            ending = true;
        }
        iterate();
    }

    @Override
    protected Action process() {
        byte[] event;
        synchronized (this) {
            event = waiting.poll();
            if (event == null) {
                return ending ? Action.SUCCEEDED : Action.IDLE;
            }
            waitingBytes -= event.length;
        }
        response.write(false, ByteBuffer.wrap(event), this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        ended.accept(this);
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        ended.accept(this);
        callback.failed(cause);
    }
}
