package io.oodmonitor.stream.processor;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.stream.state.PartitionProgress;
import io.oodmonitor.stream.state.SourceState;
import io.oodmonitor.stream.state.VerdictCounts;
import io.oodmonitor.stream.state.WindowCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * The open windows of one source. A window is final when every partition that still sends images of the source has
 * passed the window's end by the grace period, or when none has sent any for the idle time; the oldest also when more
 * are open than are kept. Not thread-safe.
 */
final class SourceWindows {

    private final WindowPolicy policy;
    private String model;
    private boolean raised;
    private long finalUntil;
    private final List<PartitionProgress> partitions;
    private final List<WindowCounts> windows;

    private SourceWindows(WindowPolicy policy, SourceState state) {
        this.policy = policy;
        this.model = state.getModel();
        this.raised = state.getRaised();
        this.finalUntil = state.getFinalUntil();
        this.partitions = new ArrayList<>(state.getPartitions());
        this.windows = new ArrayList<>(state.getWindows());
    }

    /** @param state what the store knows of the source, or null */
    static SourceWindows of(WindowPolicy policy, SourceState state) {
        return new SourceWindows(policy,
                state != null ? state : new SourceState("", false, Long.MIN_VALUE, List.of(), List.of()));
    }

    void add(VerdictCounts counts, long now) {
        model = counts.getModel();
        for (WindowCounts more : counts.getWindows()) {
            boolean late = more.getStart() < finalUntil;
            WindowTally.merge(windows, more, late ? finalUntil : more.getStart(),
                    late ? more.getImages() + more.getUncalibrated() : 0);
        }
        long observed = partitions.stream().filter(p -> p.getPartition() == counts.getPartition())
                .mapToLong(PartitionProgress::getObserved).findFirst().orElse(Long.MIN_VALUE);
        partitions.removeIf(p -> p.getPartition() == counts.getPartition() || isIdle(p, now));
        partitions.add(new PartitionProgress(counts.getPartition(), Math.max(observed, counts.getObserved()), now));
    }

    boolean isAnyFinal(long now) {
        return !windows.isEmpty() && isFinal(windows.get(0), now);
    }

    /** Takes the windows that are final, oldest first. */
    List<WindowCounts> takeFinal(long now) {
        List<WindowCounts> taken = new ArrayList<>();
        while (isAnyFinal(now) || windows.size() > WindowTally.MOST_WINDOWS) {
            WindowCounts window = windows.remove(0);
            finalUntil = end(window);
            taken.add(window);
        }
        return taken;
    }

    /** All of them, final or not, of a source that is to be forgotten. */
    List<WindowCounts> windows() {
        return windows;
    }

    private boolean isFinal(WindowCounts window, long now) {
        List<PartitionProgress> heard = partitions.stream().filter(p -> !isIdle(p, now)).toList();
        return heard.isEmpty()
                ? end(window) <= now
                : heard.stream().allMatch(p -> p.getObserved() >= end(window) + policy.grace().toMillis());
    }

    private boolean isIdle(PartitionProgress partition, long now) {
        return now - partition.getHeardAt() >= policy.idle().toMillis();
    }

    private long end(WindowCounts window) {
        return window.getStart() + policy.window().toMillis();
    }

    void alerted(AlertState state) {
        raised = state == AlertState.RAISED;
    }

    boolean isRaised() {
        return raised;
    }

    String model() {
        return model;
    }

    SourceState state() {
        return new SourceState(model, raised, finalUntil, partitions, windows);
    }
}
