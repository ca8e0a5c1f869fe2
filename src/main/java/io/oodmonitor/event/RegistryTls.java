package io.oodmonitor.event;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
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

/** Makes a TLS context from settings named and understood as in Kafka's own clients: JKS, PKCS12 and PEM. */
final class RegistryTls {

    private static final ConfigDef SETTINGS = new ConfigDef();

    static {
        SslConfigs.addClientSslSupport(SETTINGS);
    }

    private RegistryTls() {
    }

    /** From settings such as ssl.truststore.location, without the registry's prefix. */
    static SSLContext context(Map<String, Object> configs) {
        try (SslEngineFactory kafkas = new DefaultSslEngineFactory()) {
            Map<String, Object> parsed = SETTINGS.parse(configs);
            kafkas.configure(parsed);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(kafkas.keystore(), keyPassword(parsed));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(kafkas.truststore());
            SSLContext context = SSLContext.getInstance((String) parsed.get(SslConfigs.SSL_PROTOCOL_CONFIG));
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (KafkaException | GeneralSecurityException | IOException e) {
            throw new ConfigException("schema.registry.ssl.* does not make a TLS context: " + firstSentence(e));
        }
    }

    private static char[] keyPassword(Map<String, Object> parsed) {
        Password ofKey = (Password) parsed.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
        Password password = ofKey != null ? ofKey : (Password) parsed.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        return password == null ? null : password.value().toCharArray();
    }

    private static String firstSentence(Throwable e) {
        return e.getCause() instanceof KafkaException cause ? firstSentence(cause) : e.getMessage();
    }
}
