package io.oodmonitor.stream.processor;

import io.oodmonitor.stream.state.ThresholdRank;
import io.oodmonitor.stream.state.WindowCounts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds verdicts up within a window, and counts of one window to those of another. */
final class WindowTally {

    /** How many ids of images out of distribution an alert names, at most. */
    static final int SAMPLE_IDS = 10;

    /** How many characters these ids may have together: a window is kept, and sent, as one record with others. */
    private static final int SAMPLE_CHARACTERS = 500;

    /** How many windows of a source are kept in one record. A topic takes records of a megabyte. */
    static final int MOST_WINDOWS = 256;

    private WindowTally() {}

    static WindowCounts empty(long start) {
        return new WindowCounts(start, 0L, 0L, 0L, 0L, List.of(), List.of());
    }

    /** The sum, as counts of the window of {@code into}. */
    static WindowCounts sum(WindowCounts into, WindowCounts more, long late) {
        Set<ThresholdRank> thresholds = new LinkedHashSet<>(into.getThresholds());
        thresholds.addAll(more.getThresholds());
        List<String> ids = new ArrayList<>(into.getSampleIds());
        int characters = ids.stream().mapToInt(String::length).sum();
        for (String id : more.getSampleIds()) {
            if (ids.size() < SAMPLE_IDS && characters + id.length() <= SAMPLE_CHARACTERS) {
                ids.add(id);
                characters += id.length();
            }
        }
        return new WindowCounts(into.getStart(), into.getImages() + more.getImages(), into.getOod() + more.getOod(),
                into.getUncalibrated() + more.getUncalibrated(), into.getLate() + late, List.copyOf(thresholds), ids);
    }

    /** Adds counts to the window of the same start, or opens one; the list stays ordered by start. */
    static void merge(List<WindowCounts> windows, WindowCounts more, long start, long late) {
        int at = 0;
        while (at < windows.size() && windows.get(at).getStart() < start) {
            at++;
        }
        if (at == windows.size() || windows.get(at).getStart() > start) {
            windows.add(at, empty(start));
        }
        windows.set(at, sum(windows.get(at), more, late));
    }
}
