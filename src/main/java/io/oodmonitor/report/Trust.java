package io.oodmonitor.report;

import java.util.Locale;

/** How much of an OOD set is noticed, in a word, by the share that passes where 95% of the ID images are kept. */
enum Trust {
    RELIABLE("Reliable", "nearly every such image is noticed", 0.05),
    GOOD("Good", "most are noticed, a few pass", 0.2),
    PARTIAL("Partial", "many are noticed, many pass", 0.5),
    WEAK("Weak", "most pass unnoticed", 0.9),
    BLIND("Blind", "hardly better than not looking", 1);

    private final String word;
    private final String meaning;
    private final double upTo;

    Trust(String word, String meaning, double upTo) {
        this.word = word;
        this.meaning = meaning;
        this.upTo = upTo;
    }

    static Trust of(double fpr95) {
        for (Trust trust : values()) {
            if (fpr95 <= trust.upTo) {
                return trust;
            }
        }
        throw new IllegalArgumentException("FPR95 must be in 0 to 1, but is " + fpr95);
    }

    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }

    /** The highest FPR95 of that word, in percent. */
    int percent() {
        return (int) Math.round(upTo * 100);
    }

    /** For the style sheet. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
