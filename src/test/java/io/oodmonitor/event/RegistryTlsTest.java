package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry over https, with keys made on the spot. */
class RegistryTlsTest {

    private static final String PASSWORD = "changeit";
    private static final String A_STRING = "{\"schema\": \"\\\"string\\\"\"}";

    @TempDir
    private static Path folder;
    private static TlsKeys server;
    private static TlsKeys client;

    @BeforeAll
    static void makeKeys() throws Exception {
        server = TlsKeys.make(folder, "server", PASSWORD);
        client = TlsKeys.make(folder, "client", PASSWORD);
    }

    @Test
    void shouldTrustThroughAStore() throws Exception {
        try (ScriptedServer registry = server(false)) {
            Schema schema = client(registry, Map.of("ssl.truststore.location", server.trust().toString(),
                "ssl.truststore.password", PASSWORD, "ssl.truststore.type", "PKCS12")).schemaById(1);

            assertThat(schema.getType()).isEqualTo(Schema.Type.STRING);
        }
    }

    @Test
    void shouldTrustThroughAPemFileAndPemText() throws Exception {
        Path pem = Files.writeString(folder.resolve("trust.pem"), server.certificate());
        try (ScriptedServer registry = server(false)) {
            assertThat(client(registry, Map.of("ssl.truststore.location", pem.toString(),
                "ssl.truststore.type", "PEM")).schemaById(1)).isNotNull();
            assertThat(client(registry, Map.of("ssl.truststore.certificates", server.certificate(),
                "ssl.truststore.type", "PEM")).schemaById(1)).isNotNull();
        }
    }

    @Test
    void shouldShowACertificateOfItsOwn() throws Exception {
        Path pem = Files.writeString(folder.resolve("keys.pem"), client.privateKey() + client.certificate());
        Map<String, String> trust = Map.of("ssl.truststore.location", server.trust().toString(),
            "ssl.truststore.password", PASSWORD, "ssl.truststore.type", "PKCS12");
        try (ScriptedServer registry = server(true)) {
            assertThatThrownBy(() -> client(registry, trust).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class);
            assertThat(client(registry, with(trust, Map.of("ssl.keystore.location", client.keys().toString(),
                "ssl.keystore.password", PASSWORD, "ssl.keystore.type", "PKCS12"))).schemaById(1)).isNotNull();
            assertThat(client(registry, with(trust, Map.of("ssl.keystore.location", pem.toString(),
                "ssl.keystore.type", "PEM"))).schemaById(1)).isNotNull();
        }
    }

    @Test
    void shouldNotSpeakToAStranger() throws Exception {
        try (ScriptedServer registry = server(false)) {
            assertThatThrownBy(() -> client(registry, Map.of()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("unable to find valid certification path");
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void shouldNameStoresThatCannotBeRead() {
        assertThatThrownBy(() -> settings("https://localhost:1", Map.of(
            "ssl.truststore.location", folder.resolve("absent").toString(), "ssl.truststore.password", "secret")))
            .isInstanceOf(ConfigException.class).hasMessageContaining("schema.registry.ssl.*")
            .hasMessageContaining("absent").message().doesNotContain("secret");
        assertThatThrownBy(() -> settings("https://localhost:1", Map.of(
            "ssl.truststore.location", server.trust().toString(), "ssl.truststore.password", "secret",
            "ssl.truststore.type", "PKCS12")))
            .isInstanceOf(ConfigException.class).hasMessageContaining("server-trust.p12")
            .hasMessageContaining("keystore password was incorrect");
    }

    @Test
    void shouldNotNeedStoresForPlainHttp() {
        assertThat(settings("http://localhost:1", Map.of("ssl.truststore.location", "absent")).tls()).isEmpty();
    }

    private static RegistryClient client(ScriptedServer registry, Map<String, String> tls) {
        return new RegistryClient(settings(registry.url().toString(), tls));
    }

    private static RegistrySettings settings(String url, Map<String, String> tls) {
        Map<String, String> settings = new HashMap<>(Map.of(RegistrySettings.URL, url));
        tls.forEach((name, value) -> settings.put(RegistrySettings.TLS_PREFIX + name, value));
        return RegistrySettings.from(settings);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static ScriptedServer server(boolean clientMustAuthenticate) throws Exception {
        return ScriptedServer.https(server.server(client), clientMustAuthenticate,
            ScriptedServer.answering(200, A_STRING));
    }
}
