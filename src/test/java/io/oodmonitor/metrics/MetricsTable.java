package io.oodmonitor.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The monitor's own metrics as the README lists them. */
final class MetricsTable {

    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (ood_\\w+) (.+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    private MetricsTable() {}

    /** @param exposition in Prometheus's text format */
    static String of(String exposition) {
        Map<String, String> rows = new TreeMap<>();
        Matcher help = HELP.matcher(exposition);
        while (help.find()) {
            String name = help.group(1);
            Matcher type = Pattern.compile("(?m)^# TYPE " + name + " (\\w+)$").matcher(exposition);
            type.find();
            rows.put(name, "| " + name + labels(name, exposition) + " | " + type.group(1) + " | " + help.group(2)
                    + " |\n");
        }
        return "| metric | type | what it is |\n|---|---|---|\n" + String.join("", rows.values());
    }

    private static String labels(String name, String exposition) {
        TreeSet<String> labels = exposition.lines().filter(line -> line.startsWith(name + "{"))
                .flatMap(line -> LABEL.matcher(line).results()).map(label -> label.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        return labels.isEmpty() ? "" : "{" + String.join(", ", labels) + "}";
    }
}
