package io.oodmonitor.demo;

import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import io.oodmonitor.event.OodRateAlert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** A table on a terminal that is updated in place. Thread-safe. */
final class ScreenBoard implements Board {

    private static final int ALERTS = 8;
    private static final int WINDOWS = 24;

    private final Style style;
    private final Terminal terminal;
    private final Display display;
    private final Deque<OodRateAlert> alerts = new ArrayDeque<>();
    private boolean closed;

    ScreenBoard(Style style) {
        this.style = style;
        try {
            // Ctrl-C stays the process's own.
            this.terminal = TerminalBuilder.builder().system(true).nativeSignals(false).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.display = new Display(terminal, false);
    }

    @Override
    public synchronized void progress(String sentence) {
        draw(List.of(sentence));
    }

    @Override
    public synchronized void alert(OodRateAlert alert) {
        alerts.addFirst(alert);
        if (alerts.size() > ALERTS) {
            alerts.removeLast();
        }
    }

    @Override
    public synchronized void show(Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("ood-monitor demo") + "   " + Numbers.duration(snapshot.elapsed()) + "   Ctrl-C ends it");
        lines.add(style.dim("model " + snapshot.model() + ", threshold " + snapshot.threshold()));
        lines.add(style.dim(BoardText.addresses(snapshot)));
        lines.add(BoardText.figures(snapshot));
        lines.add("");
        Table table = new Table(Column.text("CAMERA", 8), Column.text("SHOWS", 15), Column.number("OOD RATE", 8),
                Column.text("LAST WINDOWS", WINDOWS), Column.text("ALERT", 7));
        for (Snapshot.Source source : snapshot.sources()) {
            int windows = source.rates().size();
            table.row(source.name(),
                    source.episode().map(episode -> style.yellow(episode.kind().label())).orElse("parts"),
                    windows == 0 ? "-" : Numbers.percent(source.rates().get(windows - 1).getRate()),
                    BoardText.sparkline(source.rates().subList(Math.max(0, windows - WINDOWS), windows)),
                    source.raised() ? style.red("RAISED") : style.green("clear"));
        }
        lines.addAll(table.lines(style));
        lines.add("");
        lines.add(style.bold("ALERTS, latest first"));
        alerts.forEach(alert -> lines.add(BoardText.alert(alert, style)));
        if (alerts.isEmpty()) {
            lines.add(style.dim("none yet: the first thing that does not belong comes after five seconds"));
        }
        draw(lines);
    }

    private void draw(List<String> lines) {
        if (closed) {
            return;
        }
        Size size = terminal.getSize();
        int columns = size.getColumns() > 0 ? size.getColumns() : 100;
        int rows = size.getRows() > 0 ? size.getRows() : 30;
        display.resize(rows, columns);
        List<AttributedString> shown = lines.stream().limit(rows - 1L)
                .map(line -> AttributedString.fromAnsi(line).columnSubSequence(0, columns)).toList();
        display.update(shown, -1);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        terminal.writer().println();
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
