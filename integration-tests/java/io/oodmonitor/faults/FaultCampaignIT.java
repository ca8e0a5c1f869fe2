package io.oodmonitor.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.harness.Alone;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One round of the campaign on one broker, brief: {@code integration-tests/campaign} has more faults, more of each, and
 * those of several brokers.
 */
@Alone
@Timeout(600)
class FaultCampaignIT {

    private static final long SEED = 5;
    private static final int FAULTS = 11;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingDoubleNothingAndKeepOrderWhateverFails() throws Exception {
        CampaignReport report =
                new FaultCampaign(CampaignSettings.brief(SEED), folder, System.out::println).run();
        List<String> lines = report.lines(Style.PLAIN);
        lines.forEach(System.out::println);
        String shown = String.join("\n", lines);

        Findings findings = report.findings();
        assertThat(report.faults()).as(shown).extracting(FaultSeen::name).contains("kill -9 in the middle of a batch",
                "new bundle version rolled out", "the broker killed and restarted", "network cut and healed",
                "registry down in the middle", "the network fails on every batch", "a batch hangs",
                "a stream thread dies");
        assertThat(report.faults()).as(shown).hasSize(FAULTS);
        assertThat(report.faults()).as(shown).allMatch(fault -> fault.recoveredSeconds() != null);
        assertThat(findings.lost()).as(shown).isZero();
        assertThat(findings.doubled()).as(shown).isZero();
        assertThat(findings.outOfOrder()).as(shown).isZero();
        assertThat(report.passed()).as(shown).isTrue();
        assertThat(findings.modelVersions()).containsExactly("1", "2");
        assertThat(findings.verdicts()).isPositive();
        assertThat(findings.deadLetters()).isPositive();
        assertThat(findings.thresholds()).isPositive();

        Path file = folder.resolve("report.json");
        report.write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("passed").asBoolean()).isTrue();
        assertThat(json.path("findings").path("lost").asLong(-1)).isZero();
    }
}
