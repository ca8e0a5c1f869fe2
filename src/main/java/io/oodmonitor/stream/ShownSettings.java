package io.oodmonitor.stream;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;

/** The settings in force, for people to look at: no secret among them. */
public final class ShownSettings {

    /** Kafka's own settings are texts here. */
    private static final Set<String> SECRETS = Stream.of(StreamsConfig.configDef(), ConsumerConfig.configDef(),
            ProducerConfig.configDef(), AdminClientConfig.configDef())
            .flatMap(definition -> definition.configKeys().values().stream())
            .filter(key -> key.type == ConfigDef.Type.PASSWORD).map(key -> key.name).collect(Collectors.toSet());
    /** In case that Kafka takes a secret for any text, or hands on a name that it does not know. */
    private static final Pattern SECRET_NAME = Pattern.compile(".*(password|secret|credential|jaas).*");
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s]*@");

    private ShownSettings() {}

    /** By name; in place of a secret {@value Password#HIDDEN}. */
    public static Map<String, String> of(MonitorConfig config) {
        Map<String, String> shown = new TreeMap<>();
        config.streams().forEach((name, value) -> shown.put((String) name,
                isSecret((String) name) ? Password.HIDDEN : withoutUser(String.valueOf(value))));
        MonitorConfig.DEFINITION.configKeys().forEach((name, key) -> {
            Object value = config.values().get(name);
            if (value != null) {
                shown.put(name, key.type == ConfigDef.Type.PASSWORD ? Password.HIDDEN
                        : withoutUser(ConfigDef.convertToString(value, key.type)));
            }
        });
        return shown;
    }

    private static boolean isSecret(String name) {
        // A prefix may stand before it, of the client that it is for.
        return SECRET_NAME.matcher(name).matches() || SECRETS.stream().anyMatch(name::endsWith);
    }

    /** An address may hold a password. */
    private static String withoutUser(String value) {
        return USER_INFO.matcher(value).replaceAll(Password.HIDDEN + "@");
    }
}
