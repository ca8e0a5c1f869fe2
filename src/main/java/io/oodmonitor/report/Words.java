package io.oodmonitor.report;

import java.util.Locale;

/** Numbers in sentences; the same in every locale. */
final class Words {

    private Words() {
    }

    /** 10,000. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** 37%, 4.6%, 99.7%: a decimal where it matters, at the ends. */
    static String percent(double share) {
        double percent = 100 * share;
        boolean whole = percent == Math.rint(percent) || percent >= 9.95 && percent < 90;
        return String.format(Locale.ROOT, whole ? "%.0f%%" : "%.1f%%", percent);
    }

    /** A score with about four digits. */
    static String score(double score) {
        double size = Math.abs(score);
        String format = size != 0 && (size < 0.001 || size >= 1e6) ? "%.2e"
                : size < 1 ? "%.4f" : size < 100 ? "%.2f" : "%.0f";
        return String.format(Locale.ROOT, format, score).replace('-', '\u2212');
    }
}
