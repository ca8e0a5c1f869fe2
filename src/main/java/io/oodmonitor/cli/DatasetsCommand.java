package io.oodmonitor.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.catalog.Catalog;
import io.oodmonitor.catalog.CatalogFile;
import io.oodmonitor.catalog.CatalogSet;
import io.oodmonitor.catalog.DataFolder;
import io.oodmonitor.catalog.Download;
import io.oodmonitor.catalog.Experiment;
import io.oodmonitor.catalog.FileCheck;
import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Progress;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import io.oodmonitor.cli.text.Terminals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "datasets", mixinStandardHelpOptions = true,
        description = {"Lists the data sets of the published DICE experiments: which are there, where they go, where "
                + "they come from. Fetches those with a public address, if told so.",
            "A broken download goes on where it ended; a file counts only after its length and digest were checked."},
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  What is there?",
            "    ood-monitor datasets",
            "  Fetch two of them; all that are public, to another folder:",
            "    ood-monitor datasets --fetch cifar10 svhn",
            "    ood-monitor datasets --fetch all --data big-disk/sets"})
final class DatasetsCommand implements Callable<Integer> {

    private static final String ALL = "all";

    private final Catalog catalog;

    @Spec
    private CommandSpec spec;

    @Option(names = "--fetch", paramLabel = "NAME", arity = "1..*",
            description = "Fetch these sets, or all that have a public address.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private DataOption dataOption;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    DatasetsCommand(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Integer call() throws InterruptedException {
        DataFolder data = dataOption.folder();
        int code = ExitCode.OK;
        for (CatalogSet set : wanted()) {
            code = Math.max(code, fetch(set, data));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(data).toPrettyString());
        } else if (names.isEmpty()) {
            print(data, out);
        }
        return code;
    }

    private List<CatalogSet> wanted() {
        if (names.contains(ALL)) {
            return catalog.sets().stream().filter(set -> set.file().isPresent()).toList();
        }
        List<CatalogSet> wanted = new ArrayList<>();
        for (String name : names) {
            Arguments.require(spec, catalog.set(name).isPresent(), "--fetch must name one of all, "
                    + catalog.sets().stream().map(CatalogSet::name).collect(Collectors.joining(", ")) + ", but is "
                    + name);
            wanted.add(catalog.set(name).orElseThrow());
        }
        return wanted;
    }

    /** Fetches one, and says what became of it; another may still come after one that failed. */
    private int fetch(CatalogSet set, DataFolder data) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (set.file().isEmpty()) {
            err.println("ood-monitor: " + set.name() + " has no public address. " + set.byHand().orElse("")
                    + " It goes to " + data.root().resolve(set.place()) + ".");
            return ExitCode.SOFTWARE;
        }
        CatalogFile file = set.file().get();
        Path target = data.root().resolve(file.path());
        try (FetchProgress progress = new FetchProgress(set.name())) {
            FileCheck check = new Download(file, data, progress::update).run();
            (json ? err : spec.commandLine().getOut()).println(set.name() + ": " + target + ", "
                    + Numbers.bytes(check.bytes()) + ", " + check.against().words() + ".");
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("ood-monitor: " + set.name() + ": " + Failures.sentence(e));
            return ExitCode.SOFTWARE;
        }
    }

    /** Begins with the first bytes, since only then the length is known. */
    private final class FetchProgress implements AutoCloseable {

        private final String name;
        private Progress progress;

        FetchProgress(String name) {
            this.name = name;
        }

        void update(long done, OptionalLong total) {
            if (progress == null) {
                progress = new Progress(spec.commandLine().getErr(), Terminals.err(), "Fetching " + name + ", bytes:",
                        total);
            }
            progress.update(done);
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }

    private void print(DataFolder data, PrintWriter out) {
        Style style = Style.ofOutput();
        Table table = new Table(Column.text("NAME", 14), Column.text("USED AS", 10), Column.number("IMAGES", 9),
                Column.number("SIZE", 6), Column.text("STATE", 7), Column.text("PLACE", 20),
                Column.text("FROM", 20));
        for (CatalogSet set : catalog.sets()) {
            DataFolder.State state = data.state(set);
            String word = state.name().toLowerCase(Locale.ROOT);
            OptionalLong bytes = set.file().map(CatalogFile::bytes).orElse(OptionalLong.empty());
            table.row(set.name(), uses(set), Numbers.count(images(set)),
                    bytes.isPresent() ? Numbers.bytes(bytes.getAsLong()) : "-",
                    state == DataFolder.State.THERE ? style.green(word)
                            : state == DataFolder.State.PARTIAL ? style.yellow(word) : style.red(word),
                    data.find(set).map(path -> data.root().relativize(path).toString()).orElse(set.place()),
                    set.file().map(file -> file.address().toString()).or(set::byHand).orElse(""));
        }
        table.lines(style).forEach(out::println);
        out.println();
        out.println("Places are below " + data.root() + ". 'ood-monitor datasets --fetch NAME' fetches one.");
    }

    private String uses(CatalogSet set) {
        return catalog.experiments().stream().filter(experiment -> !experiment.rolesOf(set).isEmpty())
                .collect(Collectors.groupingBy(experiment -> String.join(" and ", experiment.rolesOf(set)),
                        LinkedHashMap::new, Collectors.mapping(Experiment::name, Collectors.joining(", "))))
                .entrySet().stream().map(entry -> entry.getKey() + " of " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    private long images(CatalogSet set) {
        return catalog.experiments().stream().mapToLong(experiment -> experiment.imagesOf(set)).max().orElse(0);
    }

    private ObjectNode json(DataFolder data) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("folder", data.root().toString());
        ArrayNode sets = root.putArray("sets");
        for (CatalogSet set : catalog.sets()) {
            ObjectNode node = sets.addObject().put("name", set.name()).put("title", set.title())
                    .put("page", set.page().toString()).put("images", images(set))
                    .put("state", data.state(set).name().toLowerCase(Locale.ROOT))
                    .put("path", data.find(set).orElse(data.root().resolve(set.place())).toString());
            ObjectNode uses = node.putObject("usedAs");
            catalog.experiments().forEach(experiment -> experiment.rolesOf(set).forEach(role ->
                    uses.withArray(experiment.name()).add(role)));
            set.byHand().ifPresent(how -> node.put("byHand", how));
            set.file().ifPresent(file -> {
                node.put("address", file.address().toString());
                file.bytes().ifPresent(bytes -> node.put("bytes", bytes));
                file.sha256().ifPresent(digest -> node.put("sha256", digest));
                file.md5().ifPresent(digest -> node.put("md5", digest));
            });
        }
        return root;
    }
}
