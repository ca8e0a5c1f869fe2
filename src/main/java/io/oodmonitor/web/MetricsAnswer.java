package io.oodmonitor.web;

import io.oodmonitor.metrics.Exposition;
import io.oodmonitor.metrics.MonitorMetrics;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The metrics as they are at that moment, in the format that is asked for. */
final class MetricsAnswer extends ReadOnlyAnswer {

    private final MonitorMetrics metrics;

    MetricsAnswer(MonitorMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    void answer(Request request, Response response, Callback callback) {
        Exposition now = metrics.scrape(String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT)));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, now.contentType());
        response.getHeaders().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
        response.write(true, ByteBuffer.wrap(now.body()), callback);
    }
}
