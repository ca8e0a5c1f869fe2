package io.oodmonitor.faults;

import io.oodmonitor.bundle.BundleContent;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Dice;
import java.nio.file.Path;
import java.util.Optional;

/** Versions of a bundle that does next to nothing, each scoring differently from the one before. Not thread-safe. */
final class Bundles {

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
        BundleContent tiny = TinyBundle.content(new Dice(version % 2 == 1 ? 50 : 70));
        BundleContent content = new BundleContent(tiny.name(), Optional.of(Integer.toString(version)), tiny.created(),
                tiny.runtime(), tiny.framing(), tiny.normalization(), tiny.classes(), tiny.detector(),
                tiny.statistics(), tiny.head(), tiny.graph(), tiny.threshold());
        latest = BundleWriter.write(content, folder.resolve("tiny-" + version)).folder();
        return latest;
    }
}
