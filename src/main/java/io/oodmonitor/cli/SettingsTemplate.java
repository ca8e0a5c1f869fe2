package io.oodmonitor.cli;

import io.oodmonitor.stream.MonitorConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Every setting of the monitor as a properties file to start from: meaning, default, commented out. */
final class SettingsTemplate {

    private static final int WIDTH = 100;

    private SettingsTemplate() {}

    static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "# Settings of ood-monitor and their defaults. Kafka's own settings go here as well:",
                "# bootstrap.servers, security.protocol, num.stream.threads, producer.linger.ms ...",
                "",
                "# Brokers of the cluster.",
                "#bootstrap.servers=broker-1:9092,broker-2:9092"));
        for (ConfigKey key : MonitorConfig.DEFINITION.configKeys().values()) {
            lines.add("");
            lines.addAll(wrapped(key.documentation + range(key)));
            lines.add("#" + key.name + "=" + text(key));
        }
        return lines;
    }

    private static String range(ConfigKey key) {
        return key.validator instanceof ConfigDef.Range range ? " " + range : "";
    }

    private static String text(ConfigKey key) {
        return key.defaultValue == null ? "" : ConfigDef.convertToString(key.defaultValue, key.type);
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
