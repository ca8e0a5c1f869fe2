package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What went wrong as JSON: the status alone, never a word of an exception or of the request. */
final class ErrorAnswer extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(Request request, Response response, int code, String message, Throwable cause,
                                    Callback callback) {
        // Again: the request may have failed before it came to the handler that puts them, or have lost them since.
        SecurityHeaders.put(response.getHeaders());
        JsonAnswer.write(response, callback, code, JsonNodeFactory.instance.objectNode()
                .put("status", code).put("error", HttpStatus.getMessage(code)));
    }
}
