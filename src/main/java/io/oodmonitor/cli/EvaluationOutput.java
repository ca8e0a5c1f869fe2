package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.ResultTable;
import io.oodmonitor.report.HtmlReport;
import io.oodmonitor.report.JsonReport;
import io.oodmonitor.report.ReportImages;
import io.oodmonitor.report.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What an evaluation leaves behind: a table on the terminal, and files where they are asked for. */
final class EvaluationOutput {

    @Option(names = "--figures", description = "Print all five figures of every method and set, not only FPR95 "
            + "and AUROC.")
    private boolean figures;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures there as JSON.")
    private Path report;

    @Option(names = "--html", paramLabel = "FILE",
            description = "Write a report there to look at, and charts beside it as PNG.")
    private Path html;

    /** Makes the files' folders: what cannot be written is known before the images are run, not after. */
    void prepare() throws IOException {
        for (Path file : Stream.of(report, html).filter(Objects::nonNull).toList()) {
            if (Files.isDirectory(file)) {
                throw new CommandFailure("The report cannot be written: " + file + " is a folder");
            }
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new CommandFailure("The report cannot be written: " + folder + " is read-only");
            }
        }
    }

    void write(Evaluation evaluation, PrintWriter out) {
        ResultTable table = ResultTable.of(evaluation);
        out.println(summary(evaluation));
        out.println();
        print(figures ? TextTable.figures(evaluation, table) : TextTable.paper(evaluation, table), out);
        if (report != null) {
            Report.write(report, JsonReport.of(evaluation, table));
        }
        if (html != null) {
            try {
                HtmlReport.write(html, evaluation, table);
                List<Path> images = ReportImages.write(html, evaluation, table);
                out.println("Report: " + html + ", charts: "
                        + String.join(", ", images.stream().map(Path::toString).toList()));
            } catch (IOException e) {
                throw new CommandFailure("The report cannot be written: " + Failures.sentence(e), e);
            }
        }
    }

    private static String summary(Evaluation evaluation) {
        String accuracy = evaluation.accuracy().isPresent()
                ? ", accuracy " + Numbers.percent(evaluation.accuracy().getAsDouble()) : "";
        long ood = IntStream.range(0, evaluation.oodSets().size()).mapToLong(evaluation::oodImages).sum();
        return evaluation.model() + ": " + Numbers.count(evaluation.idImages(), "image") + " of " + evaluation.idSet()
                + accuracy + ", " + Numbers.count(ood, "image") + " out of distribution, "
                + Numbers.perSecond(evaluation.imagesPerSecond());
    }

    private static void print(TextTable text, PrintWriter out) {
        Table table = new Table(IntStream.range(0, text.titles().size())
                .mapToObj(column -> column < text.text() ? Column.text(text.titles().get(column), 0)
                        : Column.number(text.titles().get(column), 0)).toArray(Column[]::new));
        text.rows().forEach(row -> table.row(row.toArray(String[]::new)));
        table.lines(Style.ofOutput()).forEach(out::println);
        text.notes().forEach(out::println);
    }
}
