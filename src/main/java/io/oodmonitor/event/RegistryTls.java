package io.oodmonitor.event;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS by settings named and understood as in Kafka's own clients: stores of type JKS, PKCS12 and PEM. */
final class RegistryTls {

    private static final List<String> NAMES = List.of(
        SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
        SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
        SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, SslConfigs.SSL_KEY_PASSWORD_CONFIG,
        SslConfigs.SSL_KEYSTORE_KEY_CONFIG, SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG);
    private static final ConfigDef KAFKAS = new ConfigDef();

    static {
        SslConfigs.addClientSslSupport(KAFKAS);
    }

    private RegistryTls() {
    }

    /** Adds the settings, each under its Kafka name behind the prefix. */
    static void define(ConfigDef settings, String prefix) {
        for (String name : NAMES) {
            ConfigDef.ConfigKey kafkas = KAFKAS.configKeys().get(name);
            settings.define(prefix + name, kafkas.type(), kafkas.defaultValue, ConfigDef.Importance.LOW,
                "For a registry over https: " + kafkas.documentation);
        }
    }

    /** What the settings amount to; empty if they name neither trust nor keys of their own. */
    static Optional<SSLContext> context(Map<String, Object> values, String prefix) {
        Map<String, Object> given = new HashMap<>();
        for (String name : NAMES) {
            if (values.get(prefix + name) != null) {
                given.put(name, values.get(prefix + name));
            }
        }
        // INVARIANT: the factory checks what it is given, and reads every store at once.
        try (SslEngineFactory stores = new DefaultSslEngineFactory()) {
            Map<String, Object> parsed = KAFKAS.parse(given);
            stores.configure(parsed);
            if (stores.keystore() == null && stores.truststore() == null) {
                return Optional.empty();
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(stores.keystore(), keyPassword(parsed));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(stores.truststore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return Optional.of(context);
        } catch (KafkaException | GeneralSecurityException | IOException e) {
            throw new ConfigException(prefix + "ssl.* must make up a key and trust store, but do not: " + describe(e));
        }
    }

    private static char[] keyPassword(Map<String, Object> parsed) {
        Password ofKey = (Password) parsed.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
        Password password = ofKey != null ? ofKey : (Password) parsed.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        return password == null ? null : password.value().toCharArray();
    }

    /** What failed, and why: Kafka names the store, its cause the reason. */
    private static String describe(Throwable e) {
        Throwable cause = e.getCause();
        if (cause == null) {
            return e.getMessage();
        }
        boolean wraps = cause.toString().equals(e.getMessage());
        return wraps ? describe(cause) : e.getMessage() + " (" + cause.getMessage() + ")";
    }
}
