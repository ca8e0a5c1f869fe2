package io.oodmonitor.event;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and password for HTTP basic authentication (RFC 7617). Printed, it keeps the password to itself. */
public record BasicCredentials(String user, String password) {

    /** Neither part may be null, and the user's name holds no colon. */
    public BasicCredentials {
        if (user.isEmpty() || user.indexOf(':') >= 0 || password == null) {
            throw new IllegalArgumentException("a user's name must be non-empty and hold no colon");
        }
    }

    /** From "user:password". */
    static BasicCredentials parse(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("user info must be user:password");
        }
        return new BasicCredentials(userInfo.substring(0, colon), userInfo.substring(colon + 1));
    }

    /** The value of the header Authorization. */
    String authorization() {
        byte[] userInfo = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(userInfo);
    }

    @Override
    public String toString() {
        return user + ":[hidden]";
    }
}
