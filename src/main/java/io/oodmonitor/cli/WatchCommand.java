package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Lines;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.view.Entry;
import io.oodmonitor.cli.view.Feed;
import io.oodmonitor.cli.view.View;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.MonitorConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(name = "watch", mixinStandardHelpOptions = true,
        description = {"Prints what the monitor says, as it says it, until Ctrl-C.",
            "Only committed records are shown: each verdict once."},
        parameterListHeading = "%n", optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  Images out of distribution, from now on:",
            "    ood-monitor watch alerts",
            "  Every verdict on one source's images, old ones too:",
            "    ood-monitor watch scores --source line-2 --from-beginning",
            "  Wait for the next alert on a source's rate, as JSON:",
            "    ood-monitor watch rate-alerts --json --limit 1",
            "  What could not be scored, on your cluster:",
            "    ood-monitor watch dead-letters -b broker:9092 -r http://registry:8081"})
final class WatchCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "WHAT", converter = FeedConverter.class, completionCandidates = FeedWords.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Feed feed;

    @Option(names = "--from-beginning", description = "All that the topic holds, not only what comes from now on.")
    private boolean fromBeginning;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "End after so many records.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--json", description = "One JSON object a line, with the schema's names and times in ISO 8601.")
    private boolean json;

    @Option(names = "--source", paramLabel = "NAME", description = "Only records about the images of this source.")
    private String source;

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--limit", 1, limit);
        MonitorConfig config = connection.configOrLocal();
        Clients clients = new Clients(config);
        String topic = feed.topic(config.topics());
        List<TopicPartition> partitions = clients.partitions(topic);
        View view = feed.view(new RegistryClient(config.registry()), Style.ofOutput());
        try (Consumer<byte[], byte[]> consumer = clients.consumer();
             StopSignal stop = StopSignal.listen(consumer::wakeup, STOP_PATIENCE)) {
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
                // The end is where it is now, not where it is when somebody first asks.
                partitions.forEach(consumer::position);
            }
            print(consumer, view, stop);
        } catch (WakeupException e) {
            // Ctrl-C: the wish to end.
        }
        return ExitCode.OK;
    }

    private void print(Consumer<byte[], byte[]> consumer, View view, StopSignal stop) {
        PrintWriter out = spec.commandLine().getOut();
        Lines lines = new Lines(view.columns());
        if (!json) {
            out.println(Style.ofOutput().bold(lines.header()));
        }
        long left = limit;
        while (left > 0 && !stop.isRequested()) {
            Iterator<Entry> entries = inOrder(consumer).stream().flatMap(record -> view.show(record).stream())
                    .filter(entry -> source == null || entry.source().filter(source::equals).isPresent()).iterator();
            for (; entries.hasNext() && left > 0; left--) {
                Entry entry = entries.next();
                out.println(json ? entry.json().toString() : lines.line(entry.cells()));
            }
            if (out.checkError()) {
                // Whoever read this has gone (as in: watch alerts | head).
                return;
            }
        }
    }

    /** What came, of all partitions, by time. */
    private static List<ConsumerRecord<byte[], byte[]>> inOrder(Consumer<byte[], byte[]> consumer) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
        return records;
    }

    /** Words to feeds. */
    static final class FeedConverter implements ITypeConverter<Feed> {

        @Override
        public Feed convert(String word) {
            return Feed.of(word).orElseThrow(() -> new TypeConversionException(
                    "expected one of " + String.join(", ", Feed.words()) + ", but was '" + word + "'"));
        }
    }

    /** The words, for the help. */
    static final class FeedWords extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        FeedWords() {
            super(Feed.words());
        }
    }
}
