package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.event.BasicCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, where they come from and where they must not go. */
class SecretSettingsTest {

    private static final String SECRET = "tr0ub4dor";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String LOGIN = SCRAM + " required username=\"monitor\" password=\"%s\";";

    @TempDir
    private Path folder;
    private Path secrets;
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "config.providers", "file, directory,env ",
            "config.providers.file.class", FileConfigProvider.class.getName(),
            "config.providers.directory.class", DirectoryConfigProvider.class.getName(),
            "config.providers.env.class", EnvVarConfigProvider.class.getName()));

    @BeforeEach
    void keepASecret() throws IOException {
        secrets = Files.writeString(folder.resolve("secrets.properties"), "password=" + SECRET + "\n");
    }

    @Test
    void shouldFillInWhatStandsInFilesAndInTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("registry"), "reader:" + SECRET);
        settings.put("sasl.jaas.config", String.format(LOGIN, "${file:" + secrets + ":password}"));
        settings.put("producer.ssl.key.password", "${file:" + secrets + ":password}");
        settings.put("schema.registry.basic.auth.user.info", "${directory:" + folder + ":registry}");
        settings.put("state.dir", "${env:PATH}");

        MonitorConfig config = new MonitorConfig(settings);

        assertThat(config.kafka()).isEqualTo(Map.of("sasl.jaas.config", String.format(LOGIN, SECRET),
                "producer.ssl.key.password", SECRET, "state.dir", System.getenv("PATH")));
        assertThat(config.streams()).containsAllEntriesOf(config.kafka())
                .doesNotContainKey(AbstractConfig.CONFIG_PROVIDERS_CONFIG);
        assertThat(config.registry().credentials()).contains(new BasicCredentials("reader", SECRET));
    }

    @Test
    void shouldTakeProvidersAndSecretsFromFileAndEnvironmentTogether() throws IOException {
        Path file = Files.writeString(folder.resolve("my.conf"), "config.providers=file\n"
                + "config.providers.file.class=" + FileConfigProvider.class.getName() + "\n"
                + "schema.registry.basic.auth.user.info=reader:${file:" + secrets + ":password}\n");

        MonitorConfig config = SettingsFile.load(Optional.of(file),
                Map.of("OOD_SSL_KEY_PASSWORD", "${file:" + secrets + ":password}"), Map.of());

        assertThat(config.kafka()).isEqualTo(Map.of("ssl.key.password", SECRET));
        assertThat(config.registry().credentials()).contains(new BasicCredentials("reader", SECRET));
    }

    @Test
    void shouldRefuseAPlaceholderForNothing() {
        String absent = "${file:" + secrets + ":passwort}";
        settings.put("sasl.jaas.config", SCRAM + " required username=\"${file:" + secrets + ":password}\" password=\""
                + absent + "\";");

        assertThatThrownBy(() -> new MonitorConfig(settings)).isInstanceOf(ConfigException.class)
                .hasMessage("sasl.jaas.config must name a value that is there, but " + absent + " is not");
    }

    @Test
    void shouldRefuseAProviderWithoutAClass() {
        settings.put("config.providers", "file, vault");
        settings.put("ssl.key.password", "${vault:kafka:password}");

        assertThatThrownBy(() -> new MonitorConfig(settings)).isInstanceOf(ConfigException.class)
                .hasMessage("config.providers.vault.class must name a class, as config.providers names vault, but is "
                        + "not set");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        settings.put("ssl.key.password", "${file:" + folder.resolve("absent") + ":password}");

        assertThatThrownBy(() -> new MonitorConfig(settings)).isInstanceOf(ConfigException.class)
                .hasMessageContaining(folder.resolve("absent").toString()).message().hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            SECRET, SCRAM, SCRAM + " " + SECRET, SCRAM + " required password=\"x\"",
            SCRAM + " required password=not " + SECRET + ";",
            SCRAM + " required username=\"a\" password=\"x\"y\"" + SECRET,
            "com.sun.security.auth.module.JndiLoginModule required password=\"" + SECRET + "\";"})
    void shouldNotShowALoginThatIsNone(String login) {
        for (String name : List.of("sasl.jaas.config", "main.consumer.sasl.jaas.config")) {
            assertThatThrownBy(() -> new MonitorConfig(Map.of(name, login))).isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(name + " must be LOGIN-MODULE required ").hasNoCause()
                    .message().doesNotContain(SECRET).hasLineCount(1);
        }
    }

    @Test
    void shouldHoldItsOwnSecretsAsPasswords() {
        List<ConfigDef.ConfigKey> secret = MonitorConfig.DEFINITION.configKeys().values().stream()
                .filter(key -> key.name.matches(".*(password|user\\.info|keystore\\.key)")).toList();
        secret.forEach(key -> settings.put(key.name, "a:" + SECRET));

        MonitorConfig config = new MonitorConfig(settings);

        assertThat(secret).hasSize(5).allMatch(key -> key.type == ConfigDef.Type.PASSWORD);
        assertThat(config.values().toString()).contains("[hidden]").doesNotContain(SECRET);
    }
}
