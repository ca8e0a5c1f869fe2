package io.oodmonitor.dataset;

import io.oodmonitor.image.ImageLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A folder of image files, or of folders of them, one a class; files by their ending, hidden ones left out. In the
 * order and with the class indices of torchvision's ImageFolder: classes sorted by name, in each its folders and their
 * files sorted by name. Lists one class at a time. Immutable; the files may not change while they are read.
 */
final class ImageFolder implements Dataset {

    private final Path root;
    private final List<String> classNames;
    private final long size;

    private ImageFolder(Path root, List<String> classNames, long size) {
        this.root = root;
        this.classNames = classNames;
        this.size = size;
    }

    static ImageFolder open(Path root) throws IOException {
        try {
            List<Path> images = children(root).filter(ImageFolder::isImage).toList();
            List<String> folders = children(root).filter(Files::isDirectory).map(ImageFolder::fileName).toList();
            long below = folders.stream().mapToLong(folder -> imagesBelow(root.resolve(folder)).size()).sum();
            if (images.isEmpty() && below == 0) {
                throw new IOException("folder " + root + " must hold images (" + String.join(", ", ImageNames.ENDINGS)
                        + ") or folders of images, but holds none");
            }
            if (!images.isEmpty() && below > 0) {
                throw new IOException("folder " + root + " must hold either images or folders of images, "
                        + "but holds both: " + fileName(images.get(0)) + " lies beside the folders");
            }
            return images.isEmpty()
                    ? new ImageFolder(root, folders, below)
                    : new ImageFolder(root, List.of(), images.size());
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return fileName(root.toAbsolutePath().normalize());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public Stream<Sample> samples(long skip, long limit) {
        long end = SampleStream.end(size, skip, limit);
        if (skip >= end) {
            return Stream.empty();
        }
        // Not flatMap: an iterator of such a stream reads the images of a whole class before it gives the first.
        Cursor cursor = new Cursor();
        for (long i = 0; i < skip; i++) {
            cursor.next();
        }
        return SampleStream.of(skip, end, index -> read(cursor.next(), cursor.label), () -> { });
    }

    /** Walks the files in order. Not thread-safe. */
    private final class Cursor {

        /** The class of the last file, -1 if there are no classes. */
        private int label = -1;
        private Iterator<Path> files = classNames.isEmpty()
                ? sortedImages(root, 1).iterator()
                : Collections.emptyIterator();

        Path next() {
            while (!files.hasNext() && label + 1 < classNames.size()) {
                label++;
                files = imagesBelow(root.resolve(classNames.get(label))).iterator();
            }
            if (!files.hasNext()) {
                throw unreadable(root, new IOException("it no longer has the " + size + " images it had"));
            }
            return files.next();
        }
    }

    private Sample read(Path file, int label) {
        String id = root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
        try {
            Payload payload = new Payload.Encoded(bytes(file));
            return label < 0
                    ? new Sample(id, Optional.empty(), OptionalInt.empty(), payload)
                    : new Sample(id, Optional.of(classNames.get(label)), OptionalInt.of(label), payload);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** One byte more than an image may have says as well as all of them that it has too many. */
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ImageLimits.DEFAULT.maxBytes() + 1);
        }
    }

    private static List<Path> imagesBelow(Path folder) {
        return sortedImages(folder, Integer.MAX_VALUE);
    }

    /** Sorted by the name of their folder, then by their own. */
    private static List<Path> sortedImages(Path folder, int depth) {
        try (Stream<Path> walk = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(ImageFolder::isImage)
                    .sorted(Comparator.comparing((Path file) -> file.getParent().toString())
                            .thenComparing(ImageFolder::fileName))
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** What is in a folder and not hidden, sorted by name. */
    private static Stream<Path> children(Path folder) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(path -> !ImageNames.isHidden(fileName(path)))
                    .sorted(Comparator.comparing(ImageFolder::fileName)).toList().stream();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static boolean isImage(Path path) {
        return ImageNames.isImage(fileName(path)) && Files.isRegularFile(path);
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    private static UncheckedIOException unreadable(Path path, IOException cause) {
        // The message of a file system's exception is the path alone.
        String why = cause instanceof FileSystemException ? cause.toString() : cause.getMessage();
        return new UncheckedIOException("data set " + path + " cannot be read: " + why, cause);
    }
}
