package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is asked for by parameters, as JSON. */
final class QueryAnswer extends ReadOnlyAnswer {

    private final Function<Query, JsonAnswer.Content> content;

    QueryAnswer(Function<Query, JsonAnswer.Content> content) {
        this.content = content;
    }

    @Override
    void answer(Request request, Response response, Callback callback) {
        JsonAnswer.Content now;
        try {
            now = content.apply(Query.of(request));
        } catch (BadRequestException e) {
            now = new JsonAnswer.Content(HttpStatus.BAD_REQUEST_400, why(e.getMessage()));
        }
        JsonAnswer.write(response, callback, now.status(), now.body());
    }

    /** One sentence of what is wrong. */
    static ObjectNode why(String sentence) {
        return JsonNodeFactory.instance.objectNode().put("why", sentence);
    }
}
