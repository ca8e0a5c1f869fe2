package io.oodmonitor.stream;

import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * What the dashboard keeps.
 *
 * @param history    how far back it shows what the output topics said
 * @param thumbnails whether it keeps small copies of images that are out of distribution
 */
public record DashboardSettings(Duration history, boolean thumbnails) {

    public static final String HISTORY = "dashboard.history.ms";
    public static final String THUMBNAILS = "dashboard.thumbnails";

    static void define(ConfigDef settings) {
        settings.define(HISTORY, Type.LONG, Duration.ofDays(1).toMillis(),
                Range.between(Duration.ofMinutes(1).toMillis(), Duration.ofDays(366).toMillis()), Importance.MEDIUM,
                "How far back the dashboard shows rates, alerts, images and dead letters, in milliseconds; two million "
                        + "windows at most.");
        settings.define(THUMBNAILS, Type.BOOLEAN, true, Importance.MEDIUM, "Whether the dashboard keeps small copies "
                + "of images that are out of distribution, 16 MiB of them and in memory only. false: off, for private "
                + "images.");
    }

    /** From settings as {@link #define} has them. */
    public static DashboardSettings from(MonitorConfig config) {
        return new DashboardSettings(Duration.ofMillis(config.getLong(HISTORY)), config.getBoolean(THUMBNAILS));
    }
}
