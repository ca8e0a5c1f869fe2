package io.oodmonitor.web;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/** Bounds what requests bring, but on one path, which bounds it itself. */
final class BodyLimit extends SizeLimitHandler {

    private final String exempt;

    BodyLimit(long bytes, String exempt) {
        super(bytes, -1);
        this.exempt = exempt;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return Request.getPathInContext(request).equals(exempt)
                ? getHandler().handle(request, response, callback) : super.handle(request, response, callback);
    }
}
