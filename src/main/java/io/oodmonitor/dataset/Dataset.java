package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A set of images in a fixed order, read from disk as they are asked for. The set itself holds no open file and may be
 * read by several threads, each with a stream of its own.
 */
public interface Dataset {

    /** The name of the file or folder. */
    String name();

    /** How many images. */
    long size();

    /** The names of the classes by index; empty if they have none. */
    List<String> classNames();

    /**
     * The images from one on, in order. To be closed, and for one thread. A read that fails throws an
     * UncheckedIOException whose message names the file.
     *
     * @param skip  how many to leave out at the start, from 0; they are not read where the format allows it
     * @param limit how many at most, from 0
     */
    Stream<Sample> samples(long skip, long limit);

    /** All images, in order. To be closed, and for one thread. */
    default Stream<Sample> samples() {
        return samples(0, Long.MAX_VALUE);
    }

    /**
     * The data set at a path: a folder of images, a folder of such folders, one a class, a CIFAR-10 binary file
     * (*.bin, records of 3,073 bytes) or an IDX file of grey images, also with gzip.
     *
     * @throws IOException if there is no such thing; the message is one sentence that says what was found
     */
    static Dataset open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return ImageFolder.open(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException("data set " + path + " does not exist");
        }
        if (CifarFile.looksLike(path)) {
            return CifarFile.open(path);
        }
        if (IdxFile.looksLike(path)) {
            return IdxFile.open(path);
        }
        throw new IOException("data set " + path + " must be a folder of images, a CIFAR-10 binary file (*.bin, "
                + "records of " + CifarFile.RECORD_BYTES + " bytes) or an IDX file of images, but is none of these");
    }
}
