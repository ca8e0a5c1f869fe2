package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSpec;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "topics", mixinStandardHelpOptions = true,
        description = {"Checks the monitor's topics, and creates those that are missing if told so.",
            "The exit code is 1 if a topic is missing, or is not as the monitor needs it."},
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  Is everything there?",
            "    ood-monitor topics",
            "  Make what is missing, with names and limits as in my.conf:",
            "    ood-monitor topics --create --partitions 12 --config my.conf"})
final class TopicsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--create", description = "Create the topics that are missing.")
    private boolean create;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", showDefaultValue = Visibility.ALWAYS,
            description = "Partitions of each new topic, but for the thresholds', which needs one only.")
    private int partitions;

    @Option(names = "--replication", paramLabel = "N", defaultValue = "-1",
            description = "Copies of each new partition; -1, the default, for the cluster's own default.")
    private short replication;

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--partitions", 1, partitions);
        Arguments.require(spec, replication == -1 || replication >= 1,
                "--replication must be -1 or at least 1, but is " + replication);
        MonitorConfig config = connection.configOrLocal();
        Clients clients = new Clients(config);
        try (Admin admin = clients.admin()) {
            List<TopicSpec> specs = Topics.specs(config, partitions, replication);
            if (create) {
                clients.topics(admin).ensure(specs);
            }
            List<TopicCheck> checks = TopicCheck.of(admin, specs);
            print(checks);
            return conclude(checks, clients);
        }
    }

    private void print(List<TopicCheck> checks) {
        Style style = Style.ofOutput();
        Table table = new Table(Column.text("TOPIC", 20), Column.text("EXISTS", 6), Column.number("PARTITIONS", 10),
                Column.text("CLEANUP", 8), Column.number("LARGEST MESSAGE", 15), Column.text("PROBLEM", 7));
        for (TopicCheck check : checks) {
            table.row(check.name(), check.exists() ? style.green("yes") : style.red("no"),
                    check.exists() ? Integer.toString(check.partitions().getAsInt()) : "-",
                    check.cleanup().orElse("-"),
                    check.maxMessageBytes().isPresent() ? Numbers.bytes(check.maxMessageBytes().getAsLong()) : "-",
                    style.red(check.problem().orElse("")));
        }
        PrintWriter out = spec.commandLine().getOut();
        table.lines(style).forEach(out::println);
    }

    private int conclude(List<TopicCheck> checks, Clients clients) {
        if (checks.stream().allMatch(check -> check.problem().isEmpty())) {
            return ExitCode.OK;
        }
        List<String> missing = checks.stream().filter(check -> !check.exists()).map(TopicCheck::name).toList();
        if (!missing.isEmpty()) {
            throw new CommandFailure(missingTopics(missing, clients.bootstrapServers()));
        }
        throw new CommandFailure(checks.stream().filter(check -> check.problem().isPresent()).findFirst()
                .map(check -> "Topic " + check.name() + ": " + check.problem().get()).orElseThrow());
    }

    /** The sentence on topics that are not there. */
    static String missingTopics(List<String> names, String bootstrapServers) {
        return (names.size() == 1 ? "Topic " + names.get(0) + " is missing" : "Topics " + String.join(", ", names)
                + " are missing") + " at bootstrap.servers = " + bootstrapServers
                + ": 'ood-monitor topics --create' with the same options makes them";
    }
}
