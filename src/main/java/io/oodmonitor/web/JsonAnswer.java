package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is so at that moment, as JSON. */
final class JsonAnswer extends ReadOnlyAnswer {

    /** What to say, and with which HTTP status. */
    record Content(int status, ObjectNode body) {}

    private final Supplier<Content> content;

    JsonAnswer(Supplier<Content> content) {
        this.content = content;
    }

    @Override
    void answer(Request request, Response response, Callback callback) {
        Content now = content.get();
        write(response, callback, now.status(), now.body());
    }

    static void write(Response response, Callback callback, int status, ObjectNode body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap((body.toString() + "\n").getBytes(StandardCharsets.UTF_8)), callback);
    }
}
