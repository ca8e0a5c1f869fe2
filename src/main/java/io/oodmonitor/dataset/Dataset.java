package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * A set of images in a fixed order, read from disk as they are asked for. The set itself holds no open file and may be
 * read by several threads, each with a stream of its own.
 */
public interface Dataset {

    /** The name of the file or folder, with #PART if only that was opened. */
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
     * The data set at a path, or a part of it, PATH#PART:
     *
     * <ul>
     * <li>a folder of images, or of folders of them, one a class;
     * <li>a tar, tar.gz or zip archive of the same, which reads as the innermost folder in it that holds all its
     * images; PART is another folder in it, "." for the top;
     * <li>CIFAR-10 or CIFAR-100 as published, binary or Python version, the tar.gz itself or unpacked; PART is test, as
     * without it, or train;
     * <li>one file of their binary version (*.bin);
     * <li>an IDX file of grey images, also with gzip;
     * <li>SVHN's cropped digits, a MATLAB file; PART is firstN for the first N of each digit, as in first1000.
     * </ul>
     *
     * <p>Of images without classes, PART firstN takes the first N.
     *
     * @throws IOException if there is no such thing; the message is one sentence that says what was found
     */
    static Dataset open(Path path) throws IOException {
        return open(path, ArchiveLimits.DEFAULT);
    }

    /** The same, with an archive held against other limits. */
    static Dataset open(Path path, ArchiveLimits limits) throws IOException {
        try {
            return DatasetFormat.open(DatasetPath.of(path), limits);
        } catch (ZipException e) {
            throw new IOException("data set " + path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
