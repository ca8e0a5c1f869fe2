package io.oodmonitor.dataset;

import java.util.List;
import java.util.Locale;

/** Which files are images: by their ending, hidden ones left out. */
final class ImageNames {

    static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".webp");

    private ImageNames() {
    }

    /** @param name without folders */
    static boolean isImage(String name) {
        return !isHidden(name) && ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    /** @param name without folders */
    static boolean isHidden(String name) {
        return name.startsWith(".");
    }
}
