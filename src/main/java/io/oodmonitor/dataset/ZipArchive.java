package io.oodmonitor.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip archive, read by its directory, a file at a time. A position is the place in that directory. */
record ZipArchive(Path path, List<Entry> files, List<String> folders) implements Archive {

    static ZipArchive read(Path path, ArchiveLimits limits) throws IOException {
        List<Entry> files = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long characters = 0;
        long bytes = Files.size(path);
        long expanded = 0;
        try (ZipFile zip = zip(path)) {
            limits.checkEntries(path, zip.size());
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = EntryName.of(path, entry.getName());
                characters += name.length();
                limits.checkNames(path, characters);
                if (entry.isDirectory()) {
                    folders.add(name);
                } else if (entry.getName().equals(name)) {
                    // Java refuses such a zip64 header by itself only where its check of them is on.
                    if (entry.getSize() < 0) {
                        throw new IOException("archive " + path + " must say how large its files are, but does not of "
                                + EntryName.printable(name));
                    }
                    limits.checkExpanded(path, bytes, entry.getSize());
                    expanded += entry.getSize();
                    limits.checkExpanded(path, bytes, expanded);
                    files.add(new Entry(name, files.size(), entry.getSize()));
                    if (!names.add(name)) {
                        throw new IOException("archive " + path + " must not hold two files of one name, but does: "
                                + EntryName.printable(name));
                    }
                } else {
                    throw new IOException("names in archive " + path + " must be plain, but one is "
                            + EntryName.printable(entry.getName()));
                }
            }
        } catch (IllegalArgumentException e) {
            // ZipFile's word for a comment that is not UTF-8.
            throw unreadable(path, e);
        }
        return new ZipArchive(path, List.copyOf(files), List.copyOf(folders));
    }

    private static ZipFile zip(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(path, e);
        }
    }

    private static IOException unreadable(Path path, Exception cause) {
        return new IOException("archive " + path + " cannot be read: "
                + EntryName.printable(String.valueOf(cause.getMessage())), cause);
    }

    @Override
    public InputStream open(Entry file) throws IOException {
        ZipFile zip = zip(path);
        try {
            return new FilterInputStream(stream(zip, file)) {
                @Override
                public void close() throws IOException {
                    zip.close();
                }
            };
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private InputStream stream(ZipFile zip, Entry file) throws IOException {
        ZipEntry entry = zip.getEntry(file.name());
        InputStream in = entry == null ? null : zip.getInputStream(entry);
        if (in == null) {
            throw new IOException("archive " + path + " no longer holds " + EntryName.printable(file.name()));
        }
        return in;
    }

    @Override
    public Feed feed(List<Entry> wanted) throws IOException {
        ZipFile zip = zip(path);
        var each = wanted.iterator();
        return new Feed() {
            @Override
            public byte[] next() throws IOException {
                Entry file = each.next();
                try (InputStream in = stream(zip, file)) {
                    // One more than there should be: a directory that understates a size must not go unnoticed.
                    byte[] bytes = in.readNBytes((int) file.size() + 1);
                    if (bytes.length != file.size()) {
                        throw new IOException("it must have " + file.size() + " bytes, but has "
                                + (bytes.length < file.size() ? String.valueOf(bytes.length) : "more"));
                    }
                    return bytes;
                } catch (IOException e) {
                    throw new IOException(EntryName.printable(file.name()) + " in archive " + path
                            + " cannot be read: " + e.getMessage(), e);
                }
            }

            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }
}
