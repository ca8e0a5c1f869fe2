package io.oodmonitor.forward;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that sender and receiver share, by which the receiver knows who sent what and when: HMAC-SHA256 over
 * ID.SECONDS.BODY, as Standard Webhooks has it (www.standardwebhooks.com). Immutable, and never printed.
 */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Reads whsec_ and 24 to 64 bytes in base64; the prefix may be left out, and blanks around it are.
     *
     * @throws IllegalArgumentException without a word of the text, if it is something else
     */
    public static WebhookSecret parse(String text) {
        String encoded = text.strip();
        byte[] key = decoded(encoded.startsWith(PREFIX) ? encoded.substring(PREFIX.length()) : encoded);
        if (key.length < LEAST_BYTES || key.length > MOST_BYTES) {
            throw new IllegalArgumentException("The webhook's secret must be " + PREFIX + " and " + LEAST_BYTES + " to "
                    + MOST_BYTES + " random bytes in base64, but is not");
        }
        return new WebhookSecret(key);
    }

    /** Nothing for what is no base64: the decoder's own words show a part of it. */
    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** For the header webhook-signature. */
    String sign(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java knows " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
