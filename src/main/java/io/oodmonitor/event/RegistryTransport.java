package io.oodmonitor.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request to the registries in turn, beginning with the one that answered last, until one answers.
 *
 * <p>No answer is: no connection, none within the timeout (body included), 408, 429, 5xx, a redirect, or something
 * that does not come from a registry, such as a proxy's page. Thread-safe.
 */
final class RegistryTransport {

    static final int MAX_BODY_BYTES = 1 << 20;
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistrySettings settings;
    private final HttpClient http;
    private volatile int preferred;

    RegistryTransport(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER);
        settings.tls().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    RegistryReply get(String path) {
        return exchange(path, null);
    }

    RegistryReply post(String path, JsonNode body) {
        return exchange(path, body.toString());
    }

    /**
     * One answer: a success, or a refusal that is the caller's to understand.
     *
     * @throws RegistryUnavailableException if no registry answered
     * @throws RegistryRefusedException     if one asks for other credentials
     */
    private RegistryReply exchange(String path, String body) {
        List<String> problems = new ArrayList<>();
        Exception last = null;
        int first = preferred;
        for (int i = 0; i < settings.urls().size(); i++) {
            int index = (first + i) % settings.urls().size();
            URI registry = settings.urls().get(index);
            try {
                RegistryReply reply = send(registry, path, body);
                preferred = index;
                if (reply.status() == 401 || reply.status() == 403) {
                    throw new RegistryRefusedException(denied(reply));
                }
                return reply;
            } catch (IOException e) {
                problems.add(registry + ": " + describe(e));
                last = e;
            }
        }
        throw new RegistryUnavailableException("no schema registry answered: " + String.join("; ", problems), last);
    }

    private RegistryReply send(URI registry, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stripSlash(registry.toString()) + path))
            .header("Accept", MEDIA_TYPE + ", application/json");
        settings.credentials().ifPresent(c -> request.header("Authorization", c.authorization()));
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE).POST(BodyPublishers.ofString(body));
        }
        HttpResponse<byte[]> response = await(http.sendAsync(request.build(), BoundedBody.ofAtMost(MAX_BODY_BYTES)));
        RegistryReply reply = new RegistryReply(registry, response.statusCode(), json(response.body()));
        requireAnswer(reply);
        return reply;
    }

    /** Waits itself: up to JDK 25 HttpRequest.timeout ends with the headers, and a body may take forever. */
    private <T> T await(CompletableFuture<T> exchange) throws IOException {
        try {
            return exchange.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("no answer within " + settings.timeout().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while waiting for the schema registry", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static void requireAnswer(RegistryReply reply) throws IOException {
        int status = reply.status();
        if (status == 408 || status == 429 || status / 100 == 5) {
            throw new IOException("answered " + status + " (" + reply.message() + ")");
        }
        if (status / 100 == 3) {
            throw new IOException("answered " + status + ", a redirect, but must be the registry itself");
        }
        if (reply.isSuccess() && reply.body().isMissingNode()) {
            throw new IOException("answered " + status + " without JSON, so it is no schema registry");
        }
        if (status == 404 && !reply.isNotFound()) {
            throw new IOException("answered 404 without a registry's error code; is the path of the URL right?");
        }
    }

    private String denied(RegistryReply reply) {
        String with = settings.credentials()
            .map(c -> "the credentials of user " + c.user()).orElse("a request without credentials");
        return "the schema registry " + reply.from() + " refuses " + with + " (" + reply.status() + "); set "
            + RegistrySettings.USER_INFO + " to user:password";
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String describe(IOException e) {
        if (e instanceof ConnectException) {
            return "cannot be reached" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String stripSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
