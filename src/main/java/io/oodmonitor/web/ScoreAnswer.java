package io.oodmonitor.web;

import io.oodmonitor.stream.ImageAnswer;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Scores the image that a request brings. Few at a time, each no larger than the monitor takes images and there within
 * a time: what they hold in memory is bounded.
 */
final class ScoreAnswer extends Handler.Abstract {

    private static final int AT_A_TIME = 4;
    private static final long BODY_PATIENCE_SECONDS = 30;

    private final Supplier<Optional<Monitor>> monitor;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    /** @param monitor empty before there is one */
    ScoreAnswer(Supplier<Optional<Monitor>> monitor) {
        this.monitor = monitor;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!HttpMethod.POST.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        if (comesFromAnotherSite(request)) {
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
            return true;
        }
        Optional<Monitor> ready = monitor.get().filter(Monitor::isReady);
        if (ready.isEmpty()) {
            refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "The monitor is not ready.");
        } else if (request.getLength() > mostBytes(ready.get())) {
            tooLarge(response, callback, ready.get());
        } else if (!places.tryAcquire()) {
            refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "Others have images scored: try again.");
        } else {
            Request.addCompletionListener(request, failure -> places.release());
            score(request, response, callback, ready.get());
        }
        return true;
    }

    /** Browsers say so: no page from elsewhere is to have this machine work for it. */
    private static boolean comesFromAnotherSite(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private static int mostBytes(Monitor monitor) {
        return monitor.config().getInt(MonitorConfig.IMAGE_MAX_BYTES);
    }

    private static void score(Request request, Response response, Callback callback, Monitor monitor) {
        BoundedBody.read(request, mostBytes(monitor)).orTimeout(BODY_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((body, failure) -> {
                    if (failure instanceof TimeoutException) {
                        Response.writeError(request, response, callback, HttpStatus.REQUEST_TIMEOUT_408);
                    } else if (failure != null) {
                        callback.failed(failure);
                    } else if (body.isEmpty()) {
                        tooLarge(response, callback, monitor);
                    } else {
                        monitor.judge(ByteBuffer.wrap(body.get()))
                                .thenAccept(answer -> write(response, callback, answer));
                    }
                });
    }

    private static void write(Response response, Callback callback, ImageAnswer answer) {
        if (answer instanceof ImageAnswer.Judged judged) {
            JsonAnswer.write(response, callback, HttpStatus.OK_200, HistoryContent.verdict(judged.verdict()));
        } else if (answer instanceof ImageAnswer.Rejected rejected) {
            JsonAnswer.write(response, callback, HttpStatus.BAD_REQUEST_400,
                    Json.object().put("reason", rejected.reason().name()).put("why", rejected.why()));
        } else {
            refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, ((ImageAnswer.Unavailable) answer).why());
        }
    }

    private static void tooLarge(Response response, Callback callback, Monitor monitor) {
        refuse(response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, "The image must have at most "
                + mostBytes(monitor) + " bytes, but has more.");
    }

    private static void refuse(Response response, Callback callback, int status, String why) {
        JsonAnswer.write(response, callback, status, QueryAnswer.why(why));
    }
}
