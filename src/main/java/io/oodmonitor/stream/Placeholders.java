package io.oodmonitor.stream;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;

/**
 * Values that stand elsewhere, ${PROVIDER:PATH:KEY} in a setting, where {@code config.providers} names that provider.
 * Kafka's {@link AbstractConfig} fills them in, but leaves one that it does not find as it is.
 */
final class Placeholders {

    private Placeholders() {}

    /** Whether a setting says where to look: Kafka's clients are given what was found, and need not look again. */
    static boolean isProviderSetting(String name) {
        return name.equals(AbstractConfig.CONFIG_PROVIDERS_CONFIG)
                || name.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".");
    }

    /**
     * @param given  the settings as they were written
     * @param filled the same with what was found
     * @throws ConfigException if a provider found nothing: the placeholder would else be taken for a password
     */
    static void requireFilled(Map<String, ?> given, Map<String, ?> filled) {
        if (!(given.get(AbstractConfig.CONFIG_PROVIDERS_CONFIG) instanceof String names)) {
            return;
        }
        List<String> providers = List.of(names.trim().split("\\s*,\\s*"));
        given.forEach((name, value) -> {
            if (value instanceof String text) {
                Matcher placeholders = ConfigTransformer.DEFAULT_PATTERN.matcher(text);
                while (placeholders.find()) {
                    // Only what was written is shown, never what was found.
                    if (providers.contains(placeholders.group(1))
                            && String.valueOf(filled.get(name)).contains(placeholders.group())) {
                        throw new ConfigException(name + " must name a value that is there, but "
                                + placeholders.group() + " is not");
                    }
                }
            }
        });
    }
}
