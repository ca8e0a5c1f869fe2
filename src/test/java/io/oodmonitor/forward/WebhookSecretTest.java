package io.oodmonitor.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    /** The specification's own example. */
    private static final String PUBLISHED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static String sign(String secret, String id, long seconds, String body) {
        return WebhookSecret.parse(secret).sign(id, seconds, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSignAsStandardWebhooksDoes() {
        assertThat(sign(PUBLISHED, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void shouldTakeASecretAsAFileHoldsIt() {
        String signature = sign(PUBLISHED, "a", 1, "{}");
        assertThat(sign(PUBLISHED + "\n", "a", 1, "{}")).isEqualTo(signature);
        assertThat(sign(PUBLISHED.substring("whsec_".length()), "a", 1, "{}")).isEqualTo(signature);
    }

    @Test
    void shouldSignIdTimeAndBody() {
        assertThat(new String[] {sign(PUBLISHED, "a", 1, "{}"), sign(PUBLISHED, "b", 1, "{}"),
                sign(PUBLISHED, "a", 2, "{}"), sign(PUBLISHED, "a", 1, "[]")}).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "hunter2!", "whsec_c2hvcnQ=", "whsec_not base64 at all, but long enough"})
    void shouldRefuseWhatIsNoSecretWithoutShowingIt(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The webhook's secret must be whsec_ and 24 to 64 random bytes in base64, but is not")
                .hasNoCause();
    }

    @Test
    void shouldNotPrintItself() {
        assertThat(WebhookSecret.parse(PUBLISHED)).hasToString("[hidden]");
    }
}
