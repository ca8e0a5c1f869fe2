package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

    private static Optional<HttpSettings> from(Map<String, String> settings) {
        return HttpSettings.from(new MonitorConfig(settings));
    }

    @Test
    void shouldListenToThisMachineOnlyUnlessToldOtherwise() {
        assertThat(from(Map.of())).contains(new HttpSettings("127.0.0.1", 8080, Optional.empty(), false));
    }

    @Test
    void shouldBeOffWithoutAPort() {
        assertThat(from(Map.of("http.port", "-1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifteen-letters", "sixteen letters!", "sixteen-lettèrs!"})
    void shouldRefuseATokenThatCanBeGuessedOrCannotStandInAHeaderAndNotRepeatIt(String token) {
        assertThatThrownBy(() -> from(Map.of("http.token", token))).isInstanceOf(ConfigException.class)
                .hasMessage("http.token must be at least 16 characters of ASCII without spaces, but is not");
    }

    @Test
    void shouldNotTellItsToken() {
        assertThat(from(Map.of("http.token", "0123456789abcdef")).orElseThrow().toString()).doesNotContain("0123");
    }
}
