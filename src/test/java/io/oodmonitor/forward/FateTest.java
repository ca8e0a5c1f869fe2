package io.oodmonitor.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FateTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void shouldBeDelivered(int status) {
        assertThat(Fate.of(status)).isEqualTo(Fate.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void shouldBeTriedAgain(int status) {
        assertThat(Fate.of(status)).isEqualTo(Fate.LATER);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 415, 422, 451})
    void shouldBeLeftOut(int status) {
        assertThat(Fate.of(status)).isEqualTo(Fate.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 401, 402, 403, 404, 405, 407, 410, 421})
    void shouldEndIt(int status) {
        assertThat(Fate.of(status)).isEqualTo(Fate.UNWELCOME);
    }
}
