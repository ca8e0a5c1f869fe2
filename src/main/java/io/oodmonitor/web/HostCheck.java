package io.oodmonitor.web;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers only who calls this machine by its own names: a page from elsewhere whose name was made to lead here (DNS
 * rebinding) would else read what a browser on this machine may read.
 */
final class HostCheck extends Handler.Wrapper {

    private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    /** @param own as the server listens */
    HostCheck(Handler handler, ListenAddress own) {
        super(handler);
        names.add(own.host());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String name = Request.getServerName(request);
        if (name != null && names.contains(name.toLowerCase(Locale.ROOT))) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
        return true;
    }
}
