package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Names in archives, which anybody may have written. They stay text: none is ever a path. */
final class EntryName {

    private static final int MAX_LENGTH = 4_096;
    /** Possessive, so that thousands of them are a loop and not as many calls. */
    private static final Pattern LEADING_DOTS = Pattern.compile("^(?:\\./++)++");
    private static final Pattern SLASHES = Pattern.compile("/+");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\u2028\u2029]");

    private EntryName() {
    }

    /**
     * Without "./" at the start and '/' at the end; empty for the archive's own folder.
     *
     * @throws IOException if it is longer than 4,096 characters or leads out of the archive: no tool packs such
     */
    static String of(Path archive, String written) throws IOException {
        if (written.length() > MAX_LENGTH) {
            throw new IOException("names in archive " + archive + " must have at most " + MAX_LENGTH
                    + " characters, but one has " + written.length());
        }
        String name = SLASHES.matcher(LEADING_DOTS.matcher(written).replaceFirst("")).replaceAll("/");
        if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
            throw new IOException("names in archive " + archive + " must lie in it, but one is "
                    + printable(written));
        }
        return name.equals(".") ? "" : name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    /** For a message: shortened, with a question mark for every control character. */
    static String printable(String name) {
        String text = CONTROLS.matcher(name).replaceAll("?");
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
