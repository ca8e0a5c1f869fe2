package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {

    @Test
    void shouldHaveDefaults() {
        RegistrySettings settings = RegistrySettings.from(Map.of());

        assertThat(settings.urls()).containsExactly(URI.create("http://127.0.0.1:8081"));
        assertThat(settings.credentials()).isEmpty();
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.autoRegister()).isTrue();
    }

    @Test
    void shouldTakeExplicitValues() {
        RegistrySettings settings = RegistrySettings.from(Map.of(
            "schema.registry.url", "http://a:8081/, https://b/apis/ccompat/v7",
            "schema.registry.basic.auth.user.info", "ann:pass:word",
            "schema.registry.request.timeout.ms", "250",
            "schema.registry.auto.register", "false"));

        assertThat(settings.urls())
            .containsExactly(URI.create("http://a:8081/"), URI.create("https://b/apis/ccompat/v7"));
        assertThat(settings.credentials()).contains(new BasicCredentials("ann", "pass:word"));
        assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.autoRegister()).isFalse();
    }

    @Test
    void shouldTakeWhatAConfigDefHasParsed() {
        ConfigDef definition = new ConfigDef();
        RegistrySettings.define(definition);
        Map<String, Object> parsed = definition.parse(Map.of(
            RegistrySettings.URL, "http://a,http://b", RegistrySettings.USER_INFO, "ann:secret"));

        RegistrySettings settings = RegistrySettings.from(parsed);

        assertThat(parsed.get(RegistrySettings.USER_INFO)).isInstanceOf(Password.class);
        assertThat(settings.urls()).hasSize(2);
        assertThat(settings.credentials()).contains(new BasicCredentials("ann", "secret"));
    }

    @Test
    void shouldTakeUserInfoOutOfAnAddress() {
        RegistrySettings settings = RegistrySettings.from(
            Map.of(RegistrySettings.URL, "http://ann:p%40ss+w@host:1/path"));

        assertThat(settings.urls()).containsExactly(URI.create("http://host:1/path"));
        assertThat(settings.credentials()).contains(new BasicCredentials("ann", "p@ss+w"));
    }

    @Test
    void shouldPreferTheSettingToTheAddress() {
        RegistrySettings settings = RegistrySettings.from(Map.of(
            RegistrySettings.URL, "http://ann:one@host", RegistrySettings.USER_INFO, "bob:two"));

        assertThat(settings.credentials()).contains(new BasicCredentials("bob", "two"));
    }

    @Test
    void shouldKeepPasswordsToItself() {
        RegistrySettings settings = RegistrySettings.from(Map.of(RegistrySettings.URL, "http://ann:secret@host"));

        assertThat(settings.toString()).contains("ann").doesNotContain("secret");
    }

    @Test
    void shouldNameWhatIsWrong() {
        assertWrong(RegistrySettings.URL, "", "schema.registry.url");
        assertWrong(RegistrySettings.URL, "host:8081",
            "schema.registry.url must be a list of addresses such as http://host:8081");
        assertWrong(RegistrySettings.URL, "ftp://host", "scheme ftp");
        assertWrong(RegistrySettings.URL, "http://ho st:secret@x", "but one is no URL");
        assertWrong(RegistrySettings.URL, "http://host?x=1", "query");
        assertWrong(RegistrySettings.USER_INFO, "ann",
            "schema.registry.basic.auth.user.info must be user:password, but has no user or no colon");
        assertWrong(RegistrySettings.TIMEOUT, "0", "schema.registry.request.timeout.ms");
        assertWrong(RegistrySettings.TIMEOUT, "soon", "schema.registry.request.timeout.ms");
        assertWrong(RegistrySettings.AUTO_REGISTER, "maybe", "schema.registry.auto.register");
    }

    private static void assertWrong(String name, String value, String message) {
        assertThatThrownBy(() -> RegistrySettings.from(Map.of(name, value)))
            .isInstanceOf(ConfigException.class).hasMessageContaining(message)
            .message().doesNotContain("secret");
    }
}
