package io.oodmonitor.event;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Where the schema registry is and how to speak to it.
 *
 * @param urls         one or more, tried in turn; http or https, with the path under which the registry answers
 * @param credentials  for basic authentication
 * @param tls          trust and key material for https; empty: the JVM's own
 * @param timeout      how long one URL may take to answer one request
 * @param autoRegister true: schemas are registered before the first record; false: they must be there
 */
public record RegistrySettings(
    List<URI> urls, Optional<BasicCredentials> credentials, Optional<SSLContext> tls, Duration timeout,
    boolean autoRegister) {

    public static final String URL = "schema.registry.url";
    public static final String USER_INFO = "schema.registry.basic.auth.user.info";
    public static final String TIMEOUT = "schema.registry.request.timeout.ms";
    public static final String AUTO_REGISTER = "auto.register.schemas";
    /** Behind this prefix follow Kafka's own client settings of TLS, such as truststore.location. */
    public static final String TLS_PREFIX = "schema.registry.ssl.";
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private static final String REGISTRY_PREFIX = "schema.registry.";

    /** Refuses an empty list, anything but http and https, user info within a URL, and a timeout that is not positive. */
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new ConfigException(URL + " must name at least one URL, but is empty");
        }
        for (URI url : urls) {
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!http || url.getHost() == null || url.getUserInfo() != null
                || url.getQuery() != null || url.getFragment() != null) {
                throw new ConfigException(URL + " must hold URLs such as http://host:8081, but has one of scheme "
                    + url.getScheme() + " and host " + url.getHost());
            }
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new ConfigException(TIMEOUT + " must be at least 1, but is " + timeout.toMillis());
        }
    }

    /** A registry without authentication, at its defaults: register what is missing. */
    public static RegistrySettings of(URI... urls) {
        return new RegistrySettings(List.of(urls), Optional.empty(), Optional.empty(), DEFAULT_TIMEOUT, true);
    }

    /**
     * From settings by the names above; other names are left alone. Values may be strings or typed by Kafka's ConfigDef.
     * User info within the first URL that has some counts as that of {@value #USER_INFO}, which wins.
     *
     * @throws ConfigException naming the setting, what it is (unless secret) and what was expected
     */
    public static RegistrySettings from(Map<String, ?> configs) {
        List<URI> urls = new ArrayList<>();
        Optional<BasicCredentials> credentials = text(configs, USER_INFO).map(RegistrySettings::credentials);
        for (String listed : text(configs, URL).orElse("").split(",")) {
            if (!listed.isBlank()) {
                URI url = url(listed.strip());
                if (credentials.isEmpty() && url.getUserInfo() != null) {
                    credentials = Optional.of(credentials(url.getUserInfo()));
                }
                urls.add(withoutUserInfo(url));
            }
        }
        return new RegistrySettings(urls, credentials, tls(configs),
            text(configs, TIMEOUT).map(RegistrySettings::timeout).orElse(DEFAULT_TIMEOUT),
            text(configs, AUTO_REGISTER).map(RegistrySettings::flag).orElse(true));
    }

    private static Optional<SSLContext> tls(Map<String, ?> configs) {
        Map<String, Object> kafkas = new LinkedHashMap<>();
        configs.forEach((name, value) -> {
            if (name.startsWith(TLS_PREFIX) && value != null && !value.toString().isEmpty()) {
                kafkas.put(name.substring(REGISTRY_PREFIX.length()), value);
            }
        });
        return kafkas.isEmpty() ? Optional.empty() : Optional.of(RegistryTls.context(kafkas));
    }

    /** Trimmed; empty where the setting is absent, null or blank. */
    private static Optional<String> text(Map<String, ?> configs, String name) {
        Object value = configs.get(name);
        String text = value instanceof Password secret ? secret.value()
            : value instanceof List<?> list ? String.join(",", list.stream().map(String::valueOf).toList())
            : value == null ? "" : value.toString();
        return Optional.of(text.strip()).filter(t -> !t.isEmpty());
    }

    private static URI url(String listed) {
        try {
            return URI.create(listed);
        } catch (IllegalArgumentException e) {
            // Not the text itself: it may hold a password.
            throw new ConfigException(URL + " must hold URLs such as http://host:8081, but one of them is no URL");
        }
    }

    private static URI withoutUserInfo(URI url) {
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? url : URI.create(url.toString().replace(userInfo + "@", ""));
    }

    private static BasicCredentials credentials(String userInfo) {
        try {
            return BasicCredentials.parse(userInfo);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(USER_INFO + " must be user:password, but has no user or no colon");
        }
    }

    private static Duration timeout(String millis) {
        try {
            return Duration.ofMillis(Integer.parseInt(millis));
        } catch (NumberFormatException e) {
            throw new ConfigException(TIMEOUT + " must be a whole number of milliseconds, but is " + millis);
        }
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(AUTO_REGISTER + " must be true or false, but is " + text);
        };
    }
}
