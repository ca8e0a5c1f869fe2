package io.oodmonitor.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Images in an archive, in the order and with the classes that {@link ImageFolder} finds in the unpacked folder.
 * Immutable; the archive may not change while it is read.
 */
final class ImageArchive implements Dataset {

    private final String name;
    private final Archive archive;
    private final ImageTree tree;
    private final List<Archive.Entry> entries;

    private ImageArchive(String name, Archive archive, ImageTree tree) {
        this.name = name;
        this.archive = archive;
        this.tree = tree;
        this.entries = tree.images().stream().map(ImageTree.Image::entry).toList();
    }

    /** @param folder the folder in the archive; empty for the innermost that holds all its images */
    static ImageArchive of(String name, Archive archive, Optional<String> folder, ArchiveLimits limits)
            throws IOException {
        ImageTree tree = ImageTree.of(archive, folder);
        for (ImageTree.Image image : tree.images()) {
            limits.checkImage(archive.path(), image.entry());
        }
        return new ImageArchive(name, archive, tree);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public List<String> classNames() {
        return tree.classNames();
    }

    @Override
    public Stream<Sample> samples(long skip, long limit) {
        long end = SampleStream.end(size(), skip, limit);
        if (skip >= end) {
            return Stream.empty();
        }
        try {
            Archive.Feed feed = archive.feed(entries.subList((int) skip, (int) end));
            return SampleStream.of(skip, end, index -> sample(tree.images().get((int) index), feed.next()), feed);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Sample sample(ImageTree.Image image, byte[] bytes) {
        Payload payload = new Payload.Encoded(bytes);
        return image.label() < 0
                ? new Sample(image.id(), Optional.empty(), OptionalInt.empty(), payload)
                : new Sample(image.id(), Optional.of(classNames().get(image.label())),
                        OptionalInt.of(image.label()), payload);
    }
}
