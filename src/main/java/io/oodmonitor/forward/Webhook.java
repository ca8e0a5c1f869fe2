package io.oodmonitor.forward;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The receiver. A POST carries the headers webhook-id (the same at every try), webhook-timestamp (seconds, of this try)
 * and, with a secret, webhook-signature. Redirects are not followed. Thread-safe.
 */
public final class Webhook {

    private final URI to;
    private final Optional<WebhookSecret> secret;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient http;

    /**
     * @param secret  to sign with; empty: no signature
     * @param timeout how long one try may take, the answer included
     * @throws IllegalArgumentException in one sentence, if the address is none of HTTP
     */
    public Webhook(URI to, Optional<WebhookSecret> secret, Duration timeout, Clock clock) {
        boolean http = "http".equalsIgnoreCase(to.getScheme()) || "https".equalsIgnoreCase(to.getScheme());
        if (!http || to.getHost() == null || to.getUserInfo() != null) {
            throw new IllegalArgumentException("The receiver's address must be http:// or https://, a host and no "
                    + "password, but is not");
        }
        this.to = to;
        this.secret = secret;
        this.timeout = timeout;
        this.clock = clock;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** The address without its path, which for many receivers is a secret. */
    public String receiver() {
        return to.getScheme() + "://" + to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort());
    }

    /** How long one try may take. */
    Duration timeout() {
        return timeout;
    }

    /** Tries once. */
    Answer post(String id, byte[] body) throws InterruptedException {
        Instant now = clock.instant();
        HttpRequest.Builder request = HttpRequest.newBuilder(to).header("Content-Type", "application/json")
                .header("User-Agent", "ood-monitor").header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .POST(BodyPublishers.ofByteArray(body));
        secret.ifPresent(key -> request.header("webhook-signature", key.sign(id, now.getEpochSecond(), body)));
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request.build(), BodyHandlers.discarding());
        try {
            // Not by HttpRequest.timeout, which up to JDK 25 ends with the headers: a body may take forever.
            HttpResponse<Void> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return Answer.ofStatus(response.statusCode(), response.headers().firstValue("Retry-After"), now);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return Answer.none("does not answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                return Answer.none(describe(problem));
            }
            throw new IllegalStateException("A request to " + receiver() + " cannot be made", e.getCause());
        }
    }

    private static String describe(IOException problem) {
        if (problem instanceof ConnectException) {
            return "cannot be reached";
        }
        return "breaks off: " + (problem.getMessage() == null ? problem.getClass().getSimpleName()
                : problem.getMessage());
    }
}
