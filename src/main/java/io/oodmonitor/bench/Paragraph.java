package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Style;
import java.util.ArrayList;
import java.util.List;

/** A label in a margin and words beside it, broken so that a line has no more than 100 characters. */
record Paragraph(String label, String words) {

    private static final int WIDTH = 100;
    private static final int MARGIN = 12;

    /** @param style of the label */
    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ")) {
            if (line.length() > 0 && MARGIN + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        for (int i = 0; i < lines.size(); i++) {
            String margin = i == 0 ? style.bold(label) + " ".repeat(MARGIN - label.length()) : " ".repeat(MARGIN);
            lines.set(i, margin + lines.get(i));
        }
        return lines;
    }
}
