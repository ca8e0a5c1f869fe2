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
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

@Command(name = "integration-tests/campaign", mixinStandardHelpOptions = true,
        description = {"Lets brokers, network, registry, engine and the application itself fail under load, and audits "
            + "every image that was acknowledged. Exit code 1 if anything was lost, doubled, out of order or wrong.",
            "What happens depends on the seed, how it goes on the machine."},
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  One round of every fault, on one broker:",
            "    integration-tests/campaign --minutes 0",
            "  Half an hour on three brokers:",
            "    integration-tests/campaign --minutes 30 --brokers 3 --report target/campaign.json",
            "  The same faults in the same order once more:",
            "    integration-tests/campaign --minutes 30 --brokers 3 --seed 7"})
final class CampaignCommand implements Callable<Integer> {

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "30", showDefaultValue = Visibility.ALWAYS,
            description = "How long; the first round of faults is finished in any case.")
    private int minutes;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", showDefaultValue = Visibility.ALWAYS,
            description = "Decides the order of the faults, where and when they happen, and the images.")
    private long seed;

    @Option(names = "--brokers", paramLabel = "1|3", defaultValue = "1", showDefaultValue = Visibility.ALWAYS,
            description = "One, or three with three replicas of which two must be in sync.")
    private int brokers;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path report;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CampaignCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("ood-campaign-");
        System.out.println("Data and logs of all processes: " + folder);
        CampaignSettings settings = new CampaignSettings(seed, Duration.ofMinutes(minutes), brokers);
        CampaignReport result = new FaultCampaign(settings, folder, fault ->
                System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + fault)).run();
        System.out.println();
        result.lines(Style.ofOutput()).forEach(System.out::println);
        if (report != null) {
            result.write(report);
        }
        return result.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
