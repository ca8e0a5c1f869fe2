package io.oodmonitor.event;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Where the registry is and how to speak to it.
 *
 * @param urls         tried in order, the one that last answered first
 * @param userInfo     user:password for basic authentication
 * @param tls          trust and keys for https; empty for the JVM's own
 * @param timeout      of one request
 * @param autoRegister whether schemas are registered, or only looked up
 */
public record RegistrySettings(List<URI> urls, Optional<String> userInfo, Optional<SSLContext> tls, Duration timeout,
                               boolean autoRegister) {

    public static final String URL = "schema.registry.url";
    public static final String USER_INFO = "schema.registry.basic.auth.user.info";
    public static final String TIMEOUT = "schema.registry.request.timeout.ms";
    public static final String AUTO_REGISTER = "schema.registry.auto.register";
    public static final String SSL_PREFIX = "schema.registry.";

    private static final List<String> SSL_SETTINGS = List.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG);
    private static final List<String> SSL_SECRETS = List.of(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, SslConfigs.SSL_KEY_PASSWORD_CONFIG);

    /** Adds the registry's settings to a definition. */
    public static void define(ConfigDef settings) {
        settings.define(URL, Type.LIST, List.of("http://127.0.0.1:8081"), ConfigDef.ValidList.anyNonDuplicateValues(false, false),
                Importance.HIGH, "Addresses of the schema registry, any that speaks the Confluent REST API; the first that answers is used.");
        settings.define(USER_INFO, Type.PASSWORD, null, Importance.MEDIUM,
                "user:password for the registry's basic authentication.");
        settings.define(TIMEOUT, Type.LONG, 5_000L, ConfigDef.Range.atLeast(1), Importance.LOW,
                "How long one request to the registry may take, in milliseconds.");
        settings.define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM,
                "Whether the output schemas are registered at the start, or must be there already.");
        for (String name : SSL_SETTINGS) {
            settings.define(SSL_PREFIX + name, Type.STRING, null, Importance.LOW,
                    "For a registry over https: as Kafka's " + name + ".");
        }
        for (String name : SSL_SECRETS) {
            settings.define(SSL_PREFIX + name, Type.PASSWORD, null, Importance.LOW,
                    "For a registry over https: as Kafka's " + name + ".");
        }
    }

    /**
     * Takes the settings out of parsed ones.
     *
     * @throws ConfigException if an address is no http(s) URL, or a key store cannot be read
     */
    public static RegistrySettings from(Map<String, ?> values) {
        @SuppressWarnings("unchecked")
        List<URI> urls = ((List<String>) values.get(URL)).stream().map(RegistrySettings::uri).toList();
        Password user = (Password) values.get(USER_INFO);
        return new RegistrySettings(urls, Optional.ofNullable(user).map(Password::value), tls(values),
                Duration.ofMillis((Long) values.get(TIMEOUT)), (Boolean) values.get(AUTO_REGISTER));
    }

    private static URI uri(String url) {
        try {
            URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new ConfigException(URL + " must be a list of http or https addresses, but has " + url);
    }

    private static Optional<SSLContext> tls(Map<String, ?> values) {
        Map<String, Object> ssl = new HashMap<>();
        ssl.put(SslConfigs.SSL_PROTOCOL_CONFIG, SslConfigs.DEFAULT_SSL_PROTOCOL);
        ssl.put(SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG, SslConfigs.DEFAULT_SSL_TRUSTMANAGER_ALGORITHM);
        ssl.put(SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG, SslConfigs.DEFAULT_SSL_KEYMANGER_ALGORITHM);
        ssl.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, SslConfigs.DEFAULT_SSL_TRUSTSTORE_TYPE);
        ssl.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, SslConfigs.DEFAULT_SSL_KEYSTORE_TYPE);
        int defaults = ssl.size();
        for (List<String> names : List.of(SSL_SETTINGS, SSL_SECRETS)) {
            for (String name : names) {
                if (values.get(SSL_PREFIX + name) != null) {
                    ssl.put(name, values.get(SSL_PREFIX + name));
                }
            }
        }
        if (ssl.size() == defaults) {
            return Optional.empty();
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(ssl);
            return Optional.of(factory.sslContext());
        } catch (RuntimeException e) {
            throw new ConfigException("The registry's key or trust store cannot be used: " + e.getMessage());
        }
    }
}
