package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a bench found, in words: below its tables. */
record BenchAccount(BenchResult result, Style style) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        paragraph(lines, "Rounds", "copying topology, network, stream and loop in turn; the stream's share of the "
                + "network or copying topology: " + result.rounds().stream().map(round -> Numbers.percent(round.ratio()))
                        .collect(Collectors.joining(", ")) + "; the median is shown");
        comparisons(lines);
        Saturated saturated = result.saturated();
        paragraph(lines, "Processor", String.format(Locale.ROOT,
                "%.2f ms for an image, %s of the cores; other programs used %s:",
                saturated.millisPerImage(), Numbers.percent(saturated.utilisation()),
                Numbers.percent(saturated.others())));
        saturated.millis().forEach((stage, millis) -> lines.add(String.format(Locale.ROOT, "              %7.3f ms  %s",
                millis, stage.words())));
        paragraph(lines, "Memory", "at most " + Numbers.bytes(saturated.memory().heapBytes()) + " of heap, "
                + Numbers.bytes(saturated.memory().directBytes()) + " of direct buffers, "
                + Numbers.bytes(saturated.peakBytesInFlight()) + " of images in flight");
        paragraph(lines, "Account", result.totals().inWords() + " "
                + (result.totals().isExact() ? style.green("(ok)") : style.red("(NOT OK)")));
        lines.add("");
        paragraph(lines, "Bottleneck", result.bottleneck());
        return lines;
    }

    private void comparisons(List<String> lines) {
        Round median = result.median();
        paragraph(lines, "Loop", "the stream does " + Numbers.percent(result.ratioToLoop()) + " of what decoding and ONNX "
                + "Runtime do in a loop, with no Kafka (" + Numbers.perSecond(median.loop()) + ")");
        paragraph(lines, "Copying", String.format(Locale.ROOT, "the stream does %s of what a topology that only copies "
                + "does, with %.1f times its processor time for an image (%.3f ms)",
                Numbers.percent(result.ratioToCopying()), result.processorTimesCopying(),
                median.copying().millisPerImage()));
        paragraph(lines, "Defaults", "the stream does " + Numbers.percent(result.ratioToDefaultThreads()) + " of what "
                + "ONNX Runtime alone does with all threads on one batch (" + Numbers.perSecond(median.defaultThreads())
                + ")");
        BatchingGain gain = result.batchingGain();
        paragraph(lines, "Batching", "against batches of 1: stream " + times(gain.stream()) + ", ONNX Runtime alone "
                + times(gain.network()));
        LatencyBound bound = result.latencyBound();
        double p99 = result.halfLoad().latency().p99();
        paragraph(lines, "Latency", String.format(Locale.ROOT, "p99 at half load %.0f ms; 2 batch times of %.1f ms + "
                + "max delay of %.0f ms + commit interval of %.0f ms = %.0f ms", p99, bound.batch(), bound.maxDelay(),
                bound.commitInterval(), bound.millis()));
    }

    private static String times(OptionalDouble gain) {
        return gain.isPresent() ? String.format(Locale.ROOT, "x%.2f", gain.getAsDouble()) : "not measured";
    }

    private void paragraph(List<String> lines, String label, String words) {
        lines.addAll(new Paragraph(label, words).lines(style));
    }
}
