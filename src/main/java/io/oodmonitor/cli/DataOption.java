package io.oodmonitor.cli;

import io.oodmonitor.catalog.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where data sets lie. */
final class DataOption {

    @Option(names = "--data", paramLabel = "FOLDER", description = "Where the data sets lie (default: the "
            + "environment's OOD_DATA, or .cache/ood-monitor/datasets in your home folder).")
    private Path folder;

    DataFolder folder() {
        return folder != null ? new DataFolder(folder)
                : DataFolder.standard(System.getenv(), Path.of(System.getProperty("user.home")));
    }
}
