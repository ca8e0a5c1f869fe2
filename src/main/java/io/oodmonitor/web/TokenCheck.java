package io.oodmonitor.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers only who has the token: programs send it as a bearer's, browsers, which can do no such thing by themselves,
 * as the password that they ask their user for, whatever the user's name.
 */
final class TokenCheck extends Handler.Wrapper {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String ASK_FOR_PASSWORD = "Basic realm=\"ood-monitor\", charset=\"UTF-8\"";

    private final byte[] expected;

    TokenCheck(Handler handler, Password token) {
        super(handler);
        expected = digest(token.value());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<String> given = token(request);
        if (given.isPresent() && MessageDigest.isEqual(expected, digest(given.get()))) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        if (isForAPage(request)) {
            response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, ASK_FOR_PASSWORD);
        }
        Response.writeError(request, response, callback, HttpStatus.UNAUTHORIZED_401);
        return true;
    }

    private static Optional<String> token(Request request) {
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (given == null) {
            return Optional.empty();
        }
        if (given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(given.substring(BEARER.length()).strip());
        }
        if (given.regionMatches(true, 0, BASIC, 0, BASIC.length()) && isFromItsOwnPage(request)) {
            return password(given.substring(BASIC.length()).strip());
        }
        return Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        try {
            String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(decoded.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A browser sends a password that it knows also with what a page from elsewhere posts here. */
    private static boolean isFromItsOwnPage(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        return origin == null || host != null && origin.toLowerCase(Locale.ROOT)
                .endsWith("://" + host.toLowerCase(Locale.ROOT));
    }

    /** Whether somebody opens a page; what a page asks for itself must not make a browser ask its user. */
    private static boolean isForAPage(Request request) {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT);
        return accepted != null && accepted.contains("text/html");
    }

    /** Of one length, whatever the token's: so the time to compare tells nothing, not even that. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}
