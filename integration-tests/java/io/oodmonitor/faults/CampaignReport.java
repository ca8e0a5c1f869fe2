package io.oodmonitor.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a campaign did and saw.
 *
 * @param seed     of its schedule and load
 * @param brokers  that it ran on
 * @param seconds  under load
 * @param restarts of instances that were killed or ended by themselves
 * @param crashes  of their JVMs
 * @param done     whether the application had committed all of its input at the end
 * @param faults   in the order they happened
 * @param notShown faults that no campaign can inject, and why
 */
record CampaignReport(long seed, int brokers, double seconds, int restarts, int crashes, boolean done,
                      List<FaultSeen> faults, List<String> notShown, Findings findings) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    CampaignReport {
        faults = List.copyOf(faults);
        notShown = List.copyOf(notShown);
    }

    /** Whether nothing was lost, doubled, out of order or wrong, nothing crashed, and it always came back. */
    @JsonProperty
    boolean passed() {
        return done && crashes == 0 && findings.clean()
                && faults.stream().allMatch(fault -> fault.recoveredSeconds() != null);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** For a terminal. */
    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        Table table = new Table(Column.text("FAULT", 40), Column.number("AT", 8), Column.number("LASTED", 8),
                Column.number("VERDICTS AGAIN AFTER", 8), Column.text("SEEN", 20));
        faults.forEach(fault -> table.row(fault.name(), seconds(fault.atSeconds()), seconds(fault.lastedSeconds()),
                fault.recoveredSeconds() == null ? "never" : seconds(fault.recoveredSeconds()), fault.seen()));
        lines.addAll(table.lines(style));
        notShown.forEach(fault -> lines.add(style.bold("NOT SHOWN: " + fault)));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%d images and %d calibration images acknowledged in %.0f s, on %s,"
                + " seed %d; %d restarts, %d crashes", findings.imagesSent(), findings.calibrationSent(), seconds,
                Numbers.count(brokers, "broker"), seed, restarts, crashes));
        lines.add(findings.verdicts() + " verdicts by versions " + String.join(", ", findings.modelVersions()) + ", "
                + findings.deadLetters() + " dead letters, " + findings.thresholds() + " thresholds; "
                + findings.verdictsByAnEarlier() + " verdicts by an earlier threshold than one before them");
        lines.add(style.bold(String.format(Locale.ROOT, "lost %d, doubled %d, out of order %d, wrong %d, thresholds"
                + " back %d, foreign thresholds %d, misnamed %d, uncounted %d, alerts out of turn %d", findings.lost(),
                findings.doubled(), findings.outOfOrder(), findings.wrong(), findings.thresholdsBack(),
                findings.foreignThresholds(), findings.misnamed(), findings.uncounted(),
                findings.alertsOutOfTurn())));
        findings.examples().forEach(example -> lines.add("  " + example));
        lines.add(passed() ? style.green("passed")
                : style.red(done ? "failed" : "failed: not all input was worked off"));
        return lines;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
