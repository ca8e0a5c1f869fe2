package io.oodmonitor.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;

/**
 * Values that stand elsewhere, ${PROVIDER:PATH:KEY} in a setting, where {@code config.providers} names that provider.
 * Kafka's {@link AbstractConfig} fills them in, but without a word leaves as it is what it does not find, and all of a
 * provider that has no class or a blank before its name.
 */
final class Placeholders {

    private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

    private Placeholders() {}

    /** Whether a setting says where to look: Kafka's clients are given what was found, and need not look again. */
    static boolean isProviderSetting(String name) {
        return name.equals(PROVIDERS) || name.startsWith(PROVIDERS + ".");
    }

    private static List<String> providers(Map<String, ?> settings) {
        return settings.get(PROVIDERS) instanceof String names
                ? Stream.of(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList() : List.of();
    }

    /**
     * The settings with their providers as Kafka takes them.
     *
     * @throws ConfigException if one has no class
     */
    static Map<String, Object> withProviders(Map<String, ?> settings) {
        Map<String, Object> tidy = new HashMap<>(settings);
        List<String> providers = providers(settings);
        for (String provider : providers) {
            String type = PROVIDERS + "." + provider + ".class";
            if (!settings.containsKey(type)) {
                throw new ConfigException(type + " must name a class, as " + PROVIDERS + " names " + provider
                        + ", but is not set");
            }
        }
        tidy.computeIfPresent(PROVIDERS, (name, value) -> String.join(",", providers));
        return tidy;
    }

    /**
     * @param given  the settings as they were written
     * @param filled the same with what was found
     * @throws ConfigException if a provider found nothing: the placeholder would else be taken for a password
     */
    static void requireFilled(Map<String, ?> given, Map<String, ?> filled) {
        List<String> providers = providers(given);
        given.forEach((name, value) -> {
            Matcher placeholders = ConfigTransformer.DEFAULT_PATTERN.matcher(value instanceof String text ? text : "");
            while (placeholders.find()) {
                // Only what was written is shown, never what was found.
                if (providers.contains(placeholders.group(1))
                        && String.valueOf(filled.get(name)).contains(placeholders.group())) {
                    throw new ConfigException(name + " must name a value that is there, but " + placeholders.group()
                            + " is not");
                }
            }
        });
    }
}
