package io.oodmonitor.stream;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where settings come from: a properties file, over it environment variables (OOD_SCORING_BATCH_SIZE for
 * scoring.batch.size), over those the options of the command line.
 */
public final class SettingsFile {

    private static final String ENVIRONMENT_PREFIX = "OOD_";

    private SettingsFile() {}

    /**
     * Reads and merges the three.
     *
     * @throws ConfigException in one sentence, if the file cannot be read or a setting is unknown or not allowed
     */
    public static MonitorConfig load(Optional<Path> file, Map<String, String> environment,
                                     Map<String, String> options) {
        Map<String, String> settings = new HashMap<>();
        file.ifPresent(path -> settings.putAll(read(path)));
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                settings.put(settingName(name), value);
            }
        });
        settings.putAll(options);
        return new MonitorConfig(settings);
    }

    private static String settingName(String variable) {
        String name = variable.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        // A variable's name cannot hold a dash.
        return MonitorConfig.DEFINITION.names().stream().filter(known -> known.replace('-', '.').equals(name)).findAny()
                .orElse(name);
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new ConfigException("There is no settings file " + file);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("The settings file " + file + " cannot be read: " + e.getMessage());
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name).trim()));
        return settings;
    }
}
