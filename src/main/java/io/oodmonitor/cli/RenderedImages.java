package io.oodmonitor.cli;

import io.oodmonitor.dataset.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Images that are drawn on demand. Found by {@link ServiceLoader}: a production class path has none. */
public interface RenderedImages {

    /** What the images are for: no image is both. */
    enum Purpose {
        JUDGE, CALIBRATE
    }

    /** What can be drawn: the classes of the shipped model, then what it never saw. */
    List<String> kinds();

    /**
     * Draws images of these kinds in turn, without end. The same purpose and seed give the same images.
     *
     * @param kinds of {@link #kinds()}; with none, the classes
     * @param seed  the first image's number, from 0
     */
    Dataset draw(List<String> kinds, Purpose purpose, long seed);

    /** The implementation on the class path, if there is one. */
    static Optional<RenderedImages> find() {
        return ServiceLoader.load(RenderedImages.class).findFirst();
    }
}
