package io.oodmonitor.cli.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a reader wants them; the same in every locale. */
public final class Numbers {

    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Numbers() {}

    /** 12,345. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A count and its noun: "1 image", "2 images". */
    public static String count(long value, String noun) {
        return count(value) + " " + (value == 1 ? noun : noun + "s");
    }

    /** 0.0493 as 4.9%. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** Something per second: 8.4/s below 100, 1,234/s above. */
    public static String perSecond(double rate) {
        return String.format(Locale.ROOT, rate < 99.95 ? "%.1f/s" : "%,.0f/s", rate);
    }

    /** Powers of 1,000: 999 B, 15.4 MB. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < BYTE_UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && value < 99.95 ? "%.1f %s" : "%.0f %s", value, BYTE_UNITS[unit]);
    }

    /** 0.4 s, 12 s, 3 min 05 s, 2 h 03 min. */
    public static String duration(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1_000.0);
        if (duration.toMillis() < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
        } else if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3_600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3_600, seconds / 60 % 60);
    }

    /** A probability: 0.0312, and 4.1e-9 where decimals would end. */
    public static String probability(double p) {
        return String.format(Locale.ROOT, p == 0 || p >= 1e-4 ? "%.4f" : "%.1e", p);
    }
}
