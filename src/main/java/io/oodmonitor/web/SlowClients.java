package io.oodmonitor.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections whose next request is not there in time, however many bytes of it have come: with an idle timeout,
 * which is what Jetty has, a client may hold a connection for ever by a byte now and then.
 */
final class SlowClients extends Handler.Wrapper {

    private static final int LOOKS_PER_PATIENCE = 4;

    private final Connector connector;
    private final Duration patience;
    /** Requests that are being answered; one may come before the end of the one before it is told. */
    private final Map<EndPoint, Integer> answering = new ConcurrentHashMap<>();
    private final Map<EndPoint, Long> waitingSince = new ConcurrentHashMap<>();
    private volatile Scheduler.Task next;

    SlowClients(Handler handler, Connector connector, Duration patience) {
        super(handler);
        this.connector = connector;
        this.patience = patience;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        look();
    }

    @Override
    protected void doStop() throws Exception {
        next.cancel();
        super.doStop();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        answering.merge(client, 1, Integer::sum);
        waitingSince.remove(client);
        Request.addCompletionListener(request,
                failure -> answering.computeIfPresent(client, (c, requests) -> requests == 1 ? null : requests - 1));
        return super.handle(request, response, callback);
    }

    private void look() {
        try {
            List<EndPoint> connected = List.copyOf(connector.getConnectedEndPoints());
            waitingSince.keySet().retainAll(connected);
            long now = System.nanoTime();
            for (EndPoint client : connected) {
                if (!answering.containsKey(client)) {
                    Long since = waitingSince.putIfAbsent(client, now);
                    if (since != null && now - since > patience.toNanos()) {
                        client.close();
                    }
                }
            }
        } finally {
            next = getServer().getScheduler().schedule(this::look, patience.toMillis() / LOOKS_PER_PATIENCE,
                    TimeUnit.MILLISECONDS);
        }
    }
}
