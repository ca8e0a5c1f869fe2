package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.history.AlertSpan;
import io.oodmonitor.history.FlaggedImage;
import io.oodmonitor.history.HistoryListener;
import io.oodmonitor.history.RateWindow;
import io.oodmonitor.history.ThresholdPoint;
import io.oodmonitor.history.Thumbnails;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Tells clients what is new, as server-sent events (HTML Living Standard, 9.2). No thread waits for a client: one that
 * reads too slowly loses events, and is told so by another {@code hello}. Thread-safe.
 */
final class EventStreams extends ReadOnlyAnswer implements HistoryListener, AutoCloseable {

    static final int MOST_STREAMS = 16;

    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final byte[] KEEP_ALIVE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    /** A page shows fewer; the status says how many it was not told of, so that it can fetch the latest. */
    private static final int MOST_IMAGES_A_SECOND = 100;

    private final Thumbnails thumbnails;
    private final AtomicInteger images = new AtomicInteger();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final long startedAt = System.currentTimeMillis();
    private long keptAlive = System.nanoTime();
    private long number;
    private boolean closed;

    /** @param thumbnails that images are told to have */
    EventStreams(Thumbnails thumbnails) {
        this.thumbnails = thumbnails;
    }

    @Override
    void answer(Request request, Response response, Callback callback) {
        EventStream stream = new EventStream(response, callback, this::hello, streams::remove);
        if (HttpMethod.HEAD.is(request.getMethod())) {
            head(response);
            callback.succeeded();
        } else if (admit(stream)) {
            head(response);
            begin(stream);
        } else {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
            JsonAnswer.write(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, QueryAnswer.why(
                    MOST_STREAMS + " pages follow this monitor already: close one of them."));
        }
    }

    private synchronized boolean admit(EventStream stream) {
        return !closed && streams.size() < MOST_STREAMS && streams.add(stream);
    }

    /** How many there are. */
    int count() {
        return streams.size();
    }

    /** Under the lock, as all that is numbered: so numbers ascend for every client. Nothing in it waits. */
    private synchronized void begin(EventStream stream) {
        stream.begin();
    }

    private static void head(Response response) {
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        // Proxies of nginx's kind would else collect events before they pass them on.
        response.getHeaders().put("X-Accel-Buffering", "no");
    }

    private byte[] hello() {
        return event("hello", Json.object().put("startedAt", startedAt));
    }

    private byte[] event(String type, ObjectNode data) {
        return ("id: " + ++number + "\nevent: " + type + "\ndata: " + data + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private synchronized void tell(String type, ObjectNode data) {
        byte[] event = event(type, data);
        streams.forEach(stream -> stream.tell(event));
    }

    /** To be called every second: with that, a client that is gone is found out. */
    synchronized void status(ObjectNode status) {
        status.put("imagesLeftOut", Math.max(0, images.getAndSet(0) - MOST_IMAGES_A_SECOND));
        if (streams.isEmpty()) {
            return;
        }
        tell("status", status);
        if (System.nanoTime() - keptAlive > KEEP_ALIVE_NANOS) {
            keptAlive = System.nanoTime();
            streams.forEach(stream -> stream.tell(KEEP_ALIVE));
        }
    }

    @Override
    public void rate(RateWindow window) {
        if (!streams.isEmpty()) {
            tell("rate", HistoryContent.window(window));
        }
    }

    @Override
    public void alert(AlertSpan span) {
        if (!streams.isEmpty()) {
            tell("alert", HistoryContent.alert(span));
        }
    }

    @Override
    public void flagged(FlaggedImage image) {
        if (!streams.isEmpty() && images.incrementAndGet() <= MOST_IMAGES_A_SECOND) {
            tell("image", HistoryContent.image(image, thumbnails.has(image.verdict())));
        }
    }

    @Override
    public void threshold(ThresholdPoint point) {
        if (!streams.isEmpty()) {
            tell("threshold", HistoryContent.threshold(point));
        }
    }

    @Override
    public synchronized void loaded() {
        byte[] hello = hello();
        streams.forEach(stream -> stream.tell(hello));
    }

    /** Ends every stream. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        streams.forEach(EventStream::end);
    }
}
