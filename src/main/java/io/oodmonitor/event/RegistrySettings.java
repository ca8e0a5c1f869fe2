package io.oodmonitor.event;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Where the schema registry is and how to speak to it.
 *
 * @param urls         one or more, tried in turn, the one that last answered first; http or https, without user info
 * @param credentials  for basic authentication
 * @param tls          trust and keys for https; empty: the JVM's own
 * @param timeout      how long one URL may take to answer one request
 * @param autoRegister true: schemas are registered before the first record; false: they must be there
 */
public record RegistrySettings(
    List<URI> urls, Optional<BasicCredentials> credentials, Optional<SSLContext> tls, Duration timeout,
    boolean autoRegister) {

    public static final String URL = "schema.registry.url";
    public static final String USER_INFO = "schema.registry.basic.auth.user.info";
    public static final String TIMEOUT = "schema.registry.request.timeout.ms";
    public static final String AUTO_REGISTER = "schema.registry.auto.register";
    /** Before Kafka's own names of TLS settings, such as ssl.truststore.location. */
    public static final String TLS_PREFIX = "schema.registry.";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** Refuses what the fields' descriptions rule out. */
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new ConfigException(URL + " must name at least one address, but is empty");
        }
        for (URI url : urls) {
            if (!isAddress(url)) {
                throw new ConfigException(URL + " must be a list of addresses such as http://host:8081, but has scheme "
                    + url.getScheme() + ", host " + url.getHost() + (url.getQuery() == null ? "" : " and a query"));
            }
        }
        if (timeout.toMillis() < 1) {
            throw new ConfigException(TIMEOUT + " must be at least 1, but is " + timeout.toMillis());
        }
    }

    /** A registry without authentication, that takes new schemas. */
    public static RegistrySettings of(URI... urls) {
        return new RegistrySettings(List.of(urls), Optional.empty(), Optional.empty(), DEFAULT_TIMEOUT, true);
    }

    /** Adds the registry's settings to a definition. */
    public static void define(ConfigDef settings) {
        settings.define(URL, Type.LIST, List.of("http://127.0.0.1:8081"),
            ConfigDef.ValidList.anyNonDuplicateValues(false, false), Importance.HIGH,
            "Addresses of the schema registry, any that speaks the Confluent REST API; the first that answers is used.");
        settings.define(USER_INFO, Type.PASSWORD, null, Importance.MEDIUM,
            "user:password for the registry's basic authentication; may stand in the address instead.");
        settings.define(TIMEOUT, Type.LONG, DEFAULT_TIMEOUT.toMillis(), ConfigDef.Range.atLeast(1), Importance.LOW,
            "How long one request to the registry may take, in milliseconds.");
        settings.define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM,
            "Whether the output schemas are registered at the start, or must be there already.");
        RegistryTls.define(settings, TLS_PREFIX);
    }

    /**
     * From settings as {@link #define} has them, as texts or parsed already; others are left alone. User info in an
     * address counts as that of {@value #USER_INFO}, which wins.
     *
     * @throws ConfigException naming the setting, what it is (unless secret) and what was expected
     */
    public static RegistrySettings from(Map<String, ?> configs) {
        ConfigDef settings = new ConfigDef();
        define(settings);
        Map<String, Object> values = settings.parse(configs);
        Password userInfo = (Password) values.get(USER_INFO);
        Optional<BasicCredentials> credentials = Optional.ofNullable(userInfo).map(p -> credentials(p.value()));
        List<URI> urls = new ArrayList<>();
        for (Object listed : (List<?>) values.get(URL)) {
            URI url = url((String) listed);
            if (credentials.isEmpty() && url.getRawUserInfo() != null) {
                // A "+" stays one here, unlike in a form.
                String escaped = url.getRawUserInfo().replace("+", "%2B");
                credentials = Optional.of(credentials(URLDecoder.decode(escaped, StandardCharsets.UTF_8)));
            }
            urls.add(withoutUserInfo(url));
        }
        boolean secure = urls.stream().anyMatch(url -> "https".equals(url.getScheme()));
        return new RegistrySettings(urls, credentials,
            secure ? RegistryTls.context(values, TLS_PREFIX) : Optional.empty(),
            Duration.ofMillis((Long) values.get(TIMEOUT)), (Boolean) values.get(AUTO_REGISTER));
    }

    private static boolean isAddress(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null
            && url.getRawUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
    }

    private static URI url(String listed) {
        try {
            return URI.create(listed);
        } catch (IllegalArgumentException e) {
            // Not the text itself: it may hold a password.
            throw new ConfigException(URL + " must be a list of addresses such as http://host:8081, but one is no URL");
        }
    }

    private static URI withoutUserInfo(URI url) {
        return url.getRawUserInfo() == null ? url : URI.create(url.toString().replace(url.getRawUserInfo() + "@", ""));
    }

    private static BasicCredentials credentials(String userInfo) {
        try {
            return BasicCredentials.parse(userInfo);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(USER_INFO + " must be user:password, but has no user or no colon");
        }
    }
}
