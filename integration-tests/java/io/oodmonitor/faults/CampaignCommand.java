package io.oodmonitor.faults;

import io.oodmonitor.cli.text.Style;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** What the script {@code integration-tests/campaign} runs; the script's help says what the options are. */
@Command(name = "integration-tests/campaign")
final class CampaignCommand implements Callable<Integer> {

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "30")
    private int minutes;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
    private long seed;

    @Option(names = "--brokers", paramLabel = "1|3", defaultValue = "1")
    private int brokers;

    @Option(names = "--report", paramLabel = "FILE")
    private Path report;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CampaignCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        CampaignSettings settings = new CampaignSettings(seed, Duration.ofMinutes(minutes), brokers, false);
        Path folder = Files.createTempDirectory("ood-campaign-");
        System.out.println("Data and logs of all processes: " + folder);
        CampaignReport result = new FaultCampaign(settings, folder, line ->
                System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line)).run();
        System.out.println();
        result.lines(Style.ofOutput()).forEach(System.out::println);
        if (report != null) {
            result.write(report);
        }
        return result.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
