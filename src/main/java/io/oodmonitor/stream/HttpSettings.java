package io.oodmonitor.stream;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Where the HTTP server listens, and whom it answers.
 *
 * @param address     a name or number of the machine that it listens on
 * @param port        0: any free one
 * @param token       what a request must carry; empty: nothing
 * @param behindProxy whether a proxy in front of it decides who comes
 */
public record HttpSettings(String address, int port, Optional<Password> token, boolean behindProxy) {

    public static final String ADDRESS = "http.address";
    public static final String PORT = "http.port";
    public static final String TOKEN = "http.token";
    public static final String BEHIND_PROXY = "http.behind.proxy";

    private static final int DEFAULT_PORT = 8080;
    private static final int NO_SERVER = -1;
    private static final int LEAST_TOKEN = 16;

    /** Refuses a token that can be guessed. */
    public HttpSettings {
        token.ifPresent(secret -> {
            if (secret.value().length() < LEAST_TOKEN || !secret.value().chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new ConfigException(TOKEN + " must be at least " + LEAST_TOKEN
                        + " characters of ASCII without spaces, but is not");
            }
        });
    }

    static void define(ConfigDef settings) {
        settings.define(PORT, Type.INT, DEFAULT_PORT, Range.between(NO_SERVER, 65_535), Importance.MEDIUM,
                "Port of the HTTP server: the dashboard and its API, health, status, settings and metrics. 0: any "
                        + "free one. -1: no server.");
        settings.define(ADDRESS, Type.STRING, "127.0.0.1", new NonEmptyString(), Importance.MEDIUM,
                "Address that the HTTP server listens on. One that other machines reach needs " + TOKEN + " or "
                        + BEHIND_PROXY + ".");
        settings.define(TOKEN, Type.PASSWORD, null, Importance.MEDIUM, "What HTTP requests must carry, but for those "
                + "of /health, as Authorization: Bearer TOKEN, or in a browser as the password of any user. At least "
                + LEAST_TOKEN + " characters.");
        settings.define(BEHIND_PROXY, Type.BOOLEAN, false, Importance.MEDIUM, "Whether a proxy in front of the HTTP "
                + "server decides who comes, and nobody comes around it.");
    }

    /** From settings as {@link #define} has them; empty if there is to be no server. */
    public static Optional<HttpSettings> from(MonitorConfig config) {
        return config.getInt(PORT) == NO_SERVER ? Optional.empty() : Optional.of(new HttpSettings(
                config.getString(ADDRESS), config.getInt(PORT), Optional.ofNullable(config.getPassword(TOKEN)),
                config.getBoolean(BEHIND_PROXY)));
    }
}
