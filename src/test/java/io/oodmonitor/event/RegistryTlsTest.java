package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
    private static Path serverKeys;
    private static Path clientKeys;
    private static Path serverTrust;
    private static Path clientTrust;

    @BeforeAll
    static void makeKeys() throws Exception {
        serverKeys = keyPair("server");
        clientKeys = keyPair("client");
        serverTrust = trust("server-trust", clientKeys);
        clientTrust = trust("client-trust", serverKeys);
    }

    @Test
    void shouldTrustThroughAStore() throws Exception {
        try (ScriptedServer server = server(false)) {
            Schema schema = client(server, Map.of("ssl.truststore.location", clientTrust.toString(),
                "ssl.truststore.password", PASSWORD, "ssl.truststore.type", "PKCS12")).schemaById(1);

            assertThat(schema.getType()).isEqualTo(Schema.Type.STRING);
        }
    }

    @Test
    void shouldTrustThroughAPemFileAndPemText() throws Exception {
        Path pem = Files.writeString(folder.resolve("trust.pem"), certificate(serverKeys));
        try (ScriptedServer server = server(false)) {
            assertThat(client(server, Map.of("ssl.truststore.location", pem.toString(),
                "ssl.truststore.type", "PEM")).schemaById(1)).isNotNull();
            assertThat(client(server, Map.of("ssl.truststore.certificates", certificate(serverKeys),
                "ssl.truststore.type", "PEM")).schemaById(1)).isNotNull();
        }
    }

    @Test
    void shouldShowACertificateOfItsOwn() throws Exception {
        Path pem = Files.writeString(folder.resolve("keys.pem"), privateKey(clientKeys) + certificate(clientKeys));
        Map<String, String> trust = Map.of("ssl.truststore.location", clientTrust.toString(),
            "ssl.truststore.password", PASSWORD, "ssl.truststore.type", "PKCS12");
        try (ScriptedServer server = server(true)) {
            assertThatThrownBy(() -> client(server, trust).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class);
            assertThat(client(server, with(trust, Map.of("ssl.keystore.location", clientKeys.toString(),
                "ssl.keystore.password", PASSWORD, "ssl.keystore.type", "PKCS12"))).schemaById(1)).isNotNull();
            assertThat(client(server, with(trust, Map.of("ssl.keystore.location", pem.toString(),
                "ssl.keystore.type", "PEM"))).schemaById(1)).isNotNull();
        }
    }

    @Test
    void shouldNotSpeakToAStranger() throws Exception {
        try (ScriptedServer server = server(false)) {
            assertThatThrownBy(() -> client(server, Map.of()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("unable to find valid certification path");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void shouldNameStoresThatCannotBeRead() {
        assertThatThrownBy(() -> settings("https://localhost:1", Map.of(
            "ssl.truststore.location", folder.resolve("absent").toString(), "ssl.truststore.password", "secret")))
            .isInstanceOf(ConfigException.class).hasMessageContaining("schema.registry.ssl.*")
            .hasMessageContaining("absent").message().doesNotContain("secret");
        assertThatThrownBy(() -> settings("https://localhost:1", Map.of(
            "ssl.truststore.location", clientTrust.toString(), "ssl.truststore.password", "secret",
            "ssl.truststore.type", "PKCS12")))
            .isInstanceOf(ConfigException.class).hasMessageContaining("client-trust.p12")
            .hasMessageContaining("keystore password was incorrect");
    }

    @Test
    void shouldNotNeedStoresForPlainHttp() {
        assertThat(settings("http://localhost:1", Map.of("ssl.truststore.location", "absent")).tls()).isEmpty();
    }

    private static RegistryClient client(ScriptedServer server, Map<String, String> tls) {
        return new RegistryClient(settings(server.url().toString(), tls));
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
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(serverKeys), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(serverTrust));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return ScriptedServer.https(context, clientMustAuthenticate, ScriptedServer.answering(200, A_STRING));
    }

    private static Path keyPair(String alias) throws Exception {
        Path store = folder.resolve(alias + ".p12");
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost",
            "-validity", "2", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        return store;
    }

    private static Path trust(String name, Path trusted) throws Exception {
        Path certificate = Files.writeString(folder.resolve(name + ".crt"), certificate(trusted));
        Path store = folder.resolve(name + ".p12");
        keytool("-importcert", "-noprompt", "-alias", "trusted", "-file", certificate.toString(),
            "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        return store;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String certificate(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = load(store);
        return pem("CERTIFICATE", keys.getCertificate(keys.aliases().nextElement()).getEncoded());
    }

    private static String privateKey(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = load(store);
        Key key = keys.getKey(keys.aliases().nextElement(), PASSWORD.toCharArray());
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String what, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
