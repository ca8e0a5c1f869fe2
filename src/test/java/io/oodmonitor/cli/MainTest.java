package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"run", "send", "watch", "forward", "topics", "inspect", "fit", "datasets"})
    void shouldHelpWithExamples(String command) {
        CommandRun help = CommandRun.of(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: ood-monitor " + command, "Examples:", "ood-monitor " + command);
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void shouldListCommandsAndExitCodes() {
        CommandRun help = CommandRun.of("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("run ", "send ", "watch ", "forward ", "topics ", "inspect ", "fit ",
                "datasets ", "Exit codes:");
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(CommandRun.of("--version").out()).startsWith("ood-monitor ");
    }

    @Test
    void shouldCallNoCommandWrongUsage() {
        CommandRun nothing = CommandRun.of();

        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains("Usage: ood-monitor");
    }

    @Test
    void shouldCallAnUnknownCommandWrongUsage() {
        CommandRun unknown = CommandRun.of("wathc");

        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("'wathc'", "watch", "Try 'ood-monitor --help'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch", "watch nothing", "watch alerts --limit 0", "send", "send --render images",
        "send images --rate fast", "send images --rate 0", "send images --kind gear", "send images --skip -1",
        "topics --partitions 0", "topics --replication 0", "inspect a b", "fit --model a", "run --port http",
        "run --data x -b broker:9092", "forward", "forward --to http://localhost/",
        "forward --unsigned --to ftp://localhost/", "forward --unsigned --secret-file x --to http://localhost/"})
    void shouldCallWrongOptionsWrongUsage(String arguments) {
        CommandRun wrong = CommandRun.of(arguments.split(" "));

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("ood-monitor: ").contains("Try 'ood-monitor " + arguments.split(" ")[0]);
        assertThat(wrong.err()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldNameAnUnknownSetting() {
        CommandRun run = CommandRun.of("run", "--set", "scoring.bach.size=8");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("ood-monitor: Unknown setting scoring.bach.size: neither the monitor nor "
                + "Kafka knows it." + System.lineSeparator());
    }

    @Test
    void shouldNameAMissingSettingsFile() {
        CommandRun run = CommandRun.of("topics", "--config", folder.resolve("no.conf").toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("There is no settings file").hasLineCount(1);
    }

    @Test
    void shouldSayWhatANonClusterRunNeeds() {
        CommandLine run = new CommandLine(new RunCommand(Optional::empty))
                .setExecutionExceptionHandler(Failures::executing);
        StringWriter err = new StringWriter();

        assertThat(run.setErr(new PrintWriter(err, true)).execute()).isEqualTo(1);
        assertThat(err.toString()).contains("bootstrap.servers", "lib-embedded").hasLineCount(1);
    }

    @Test
    void shouldInspectABundle() {
        BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));

        CommandRun text = CommandRun.of("inspect", folder.resolve("tiny").toString());
        CommandRun json = CommandRun.of("inspect", "--json", folder.resolve("tiny").toString());

        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("digests and contents checked", "tiny, version 1", "3: bolt, nut, washer",
                "keeps 50.0% of the weights", "0.4000: rank 5 of 100 scores", "97.0%");
        assertThat(json.out()).contains("\"weightsKept\" : 0.5", "\"accuracy\" : 0.97");
    }

    @Test
    void shouldRefuseADamagedBundle() throws IOException {
        Path bundle = folder.resolve("tiny");
        BundleWriter.write(TinyBundle.content(), bundle);
        byte[] model = Files.readAllBytes(bundle.resolve("model.onnx"));
        model[model.length / 2] ^= 1;
        Files.write(bundle.resolve("model.onnx"), model);

        CommandRun inspected = CommandRun.of("inspect", bundle.toString());

        assertThat(inspected.code()).isEqualTo(1);
        assertThat(inspected.err()).contains("digest").hasLineCount(1);
    }

    @Test
    void shouldNotFitOverABundleUnlessTold() throws IOException {
        Files.writeString(folder.resolve("bundle.json"), "{}");

        CommandRun fit = CommandRun.of("fit", "--model", "x.onnx", "--images", "images", "--preset", "cifar", "--out",
                folder.toString());

        assertThat(fit.code()).isEqualTo(1);
        assertThat(fit.err()).contains("holds a bundle already: --replace writes over it").hasLineCount(1);
    }
}
