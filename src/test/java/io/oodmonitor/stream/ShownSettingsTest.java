package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownSettingsTest {

    private static final String SECRET = "0123456789-very-secret";
    /** One that may stand for every kind of secret. */
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required "
            + "username=\"me\" password=\"" + SECRET + "\";";

    private static Map<String, String> shown(String name, String value) {
        return ShownSettings.of(new MonitorConfig(Map.of(name, value)));
    }

    static List<String> passwords() {
        List<ConfigDef.ConfigKey> kafka = Stream.of(ConsumerConfig.configDef(), ProducerConfig.configDef(),
                AdminClientConfig.configDef())
                .flatMap(definition -> definition.configKeys().values().stream()).toList();
        return Stream.concat(kafka.stream(), MonitorConfig.DEFINITION.configKeys().values().stream())
                .filter(key -> key.type == ConfigDef.Type.PASSWORD).map(key -> key.name).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("passwords")
    @ValueSource(strings = {"producer.ssl.keystore.key", "main.consumer.sasl.jaas.config", "admin.ssl.key.password"})
    void shouldHideEverySecret(String name) {
        assertThat(shown(name, LOGIN)).containsEntry(name, Password.HIDDEN);
        assertThat(shown(name, LOGIN).values()).noneMatch(value -> value.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://monitor:0123@registry:8081", "http://one:8081,https://monitor:0123@other:8081/path",
        "http://monitor:p%40ss0123@registry:8081"})
    void shouldHideThePasswordInAnAddress(String url) {
        assertThat(shown("schema.registry.url", url).get("schema.registry.url"))
                .contains("://" + Password.HIDDEN + "@").doesNotContain("0123", "monitor");
    }

    @Test
    void shouldShowWhatIsInForceDefaultsAmongThem() {
        assertThat(shown("bootstrap.servers", "kafka-1:9092,kafka-2:9092"))
                .containsEntry("bootstrap.servers", "kafka-1:9092,kafka-2:9092")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("images.topic", "images")
                .containsEntry("schema.registry.url", "http://127.0.0.1:8081")
                .doesNotContainKey("http.token");
    }
}
