package io.oodmonitor.demo;

import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.OodRateAlert;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Collectors;

/** Plain lines, for a file or a pipe: one every five seconds, and one for every alert. Thread-safe. */
final class LineBoard implements Board {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter out;
    private Duration next = INTERVAL;
    private boolean introduced;

    LineBoard(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void progress(String sentence) {
        print(sentence);
    }

    @Override
    public synchronized void show(Snapshot snapshot) {
        if (!introduced) {
            introduced = true;
            print("Model " + snapshot.model() + ", threshold " + snapshot.threshold());
            print(BoardText.addresses(snapshot));
        }
        if (snapshot.elapsed().compareTo(next) >= 0) {
            next = next.plus(INTERVAL);
            String rates = snapshot.sources().stream().map(source -> source.name() + " "
                    + (source.rates().isEmpty() ? "-"
                            : Numbers.percent(source.rates().get(source.rates().size() - 1).getRate())))
                    .collect(Collectors.joining(", "));
            print(Numbers.duration(snapshot.elapsed()) + ": " + BoardText.figures(snapshot) + "; OOD rate " + rates);
        }
    }

    @Override
    public synchronized void alert(OodRateAlert alert) {
        print(BoardText.alert(alert, Style.PLAIN));
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        // Lines stay.
    }
}
