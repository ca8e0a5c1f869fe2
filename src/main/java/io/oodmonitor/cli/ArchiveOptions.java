package io.oodmonitor.cli;

import io.oodmonitor.dataset.ArchiveLimits;
import io.oodmonitor.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How much an archive of images may ask for before it is refused. */
final class ArchiveOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--archive-entries", paramLabel = "N", defaultValue = "3000000",
            showDefaultValue = Visibility.ALWAYS, description = "Files and folders in an archive, at most.")
    private int entries;

    @Option(names = "--archive-ratio", paramLabel = "N", defaultValue = "100", showDefaultValue = Visibility.ALWAYS,
            description = "How many times its size an archive may expand to, from 64 MiB on.")
    private int ratio;

    /** The data set at a path, within these limits. */
    Dataset open(Path path) throws IOException {
        Arguments.requireAtLeast(spec, "--archive-entries", 1, entries);
        Arguments.requireAtLeast(spec, "--archive-ratio", 1, ratio);
        return Dataset.open(path, ArchiveLimits.DEFAULT.with(entries, ratio));
    }
}
