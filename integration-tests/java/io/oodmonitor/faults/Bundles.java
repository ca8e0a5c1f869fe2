package io.oodmonitor.faults;

import io.oodmonitor.bundle.BundleContent;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Dice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Versions of a bundle that does next to nothing. Every version scores far above the one before, so that a score or a
 * threshold tells which version made it. Not thread-safe.
 */
final class Bundles {

    /** Times the version: where its scores lie, give or take a half. */
    private static final int APART = 100;

    private final Path folder;
    private int version;
    private Path latest;

    /** Writes the first version. */
    Bundles(Path folder) {
        this.folder = folder;
        next();
    }

    int version() {
        return version;
    }

    Path latest() {
        return latest;
    }

    /** Writes one more version, the latest from now on. */
    Path next() {
        version++;
        BundleContent raised = TinyBundle.raised(new Dice(50), version * APART);
        BundleContent content = new BundleContent(raised.name(), Optional.of(Integer.toString(version)),
                raised.created(), raised.runtime(), raised.framing(), raised.normalization(), raised.classes(),
                raised.detector(), raised.statistics(), raised.head(), raised.graph(), raised.threshold());
        latest = BundleWriter.write(content, folder.resolve("tiny-" + version)).folder();
        return latest;
    }

    /** Whether a version, as a verdict or a threshold names it, may have scored an image so. */
    static boolean isScoreOf(String version, double score) {
        return Math.abs(score - Integer.parseInt(version) * APART) < APART / 2.0;
    }
}
