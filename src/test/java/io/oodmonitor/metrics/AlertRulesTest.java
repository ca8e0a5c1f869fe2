package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.InstalledTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of deploy/prometheus, as promtool sees them. */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("deploy", "prometheus");
    private static final Path RULES = FOLDER.resolve("ood-monitor.rules.yml");
    private static final Path TESTS = FOLDER.resolve("ood-monitor.rules.test.yml");

    @BeforeEach
    void setUp() throws InterruptedException {
        InstalledTool.require("prometheus", "promtool", "--version");
    }

    private static void assertSucceeds(String... command) throws Exception {
        InstalledTool.Run run = InstalledTool.run(command);
        assertThat(run.code()).as(run.output()).isZero();
    }

    @Test
    void shouldBeRules() throws Exception {
        assertSucceeds("promtool", "check", "rules", RULES.toString());
    }

    @Test
    void shouldPassTheirTests() throws Exception {
        assertSucceeds("promtool", "test", "rules", TESTS.toString());
    }

    /** One that it comes with, and one that it stays away with. */
    @Test
    void shouldEachBeTestedBothWays() throws Exception {
        List<String> alerts = Pattern.compile("- alert: (\\w+)").matcher(Files.readString(RULES)).results()
                .map(match -> match.group(1)).toList();
        List<MatchResult> tested = Pattern.compile("- alertname: (\\w+)\\s+eval_time: \\w+\\s+exp_alerts:( \\[])?")
                .matcher(Files.readString(TESTS)).results().toList();

        assertThat(alerts).hasSize(6).doesNotHaveDuplicates();
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(tested).anyMatch(test -> test.group(1).equals(alert) && test.group(2) == null);
            assertThat(tested).anyMatch(test -> test.group(1).equals(alert) && test.group(2) != null);
        });
    }
}
