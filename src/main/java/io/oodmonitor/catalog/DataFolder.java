package io.oodmonitor.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder that data sets lie in. */
public record DataFolder(Path root) {

    /** How much of a set is there. */
    public enum State {
        THERE, PARTIAL, MISSING
    }

    /** Names it in the environment. */
    private static final String VARIABLE = "OOD_DATA";

    /** $OOD_DATA, or .cache/ood-monitor/datasets in the user's own folder. */
    public static DataFolder standard(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault(VARIABLE, "");
        return new DataFolder(named.isEmpty() ? home.resolve(Path.of(".cache", "ood-monitor", "datasets"))
                : Path.of(named));
    }

    /** Where a set is, if it is anywhere. */
    public Optional<Path> find(CatalogSet set) {
        return set.places().stream().map(root::resolve).filter(Files::exists).findFirst();
    }

    public State state(CatalogSet set) {
        if (find(set).isPresent()) {
            return State.THERE;
        }
        return set.file().isPresent() && Files.exists(Download.part(root.resolve(set.file().get().path())))
                ? State.PARTIAL : State.MISSING;
    }
}
