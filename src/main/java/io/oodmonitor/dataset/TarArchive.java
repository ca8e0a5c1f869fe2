package io.oodmonitor.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A tar archive, plain or compressed with gzip. Its headers are read once, when it is opened; links, devices and sparse
 * files are left out. A position is a byte of the expanded archive.
 */
record TarArchive(Path path, long bytes, boolean compressed, ArchiveLimits limits, List<Entry> files,
                  List<String> folders) implements Archive {

    /** Long names come in headers of their own, which Commons Compress reads into memory. */
    private static final long MAX_HEADER_BYTES = 1 << 20;
    private static final int BLOCK = 512;
    /** A plain archive is mostly skipped: more than some headers at once would be read in vain. */
    private static final int SEEK_BUFFER = 4_096;
    private static final int GZIP_MAGIC = 0x1f8b;

    static TarArchive read(Path path, ArchiveLimits limits) throws IOException {
        TarArchive empty = new TarArchive(path, Files.size(path), isCompressed(path), limits, List.of(), List.of());
        List<Entry> files = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long characters = 0;
        try (Expanded in = empty.expanded(); TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            long end = 0;
            for (TarArchiveEntry entry = next(in, tar); entry != null; entry = next(in, tar)) {
                end = in.position() + (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
                String name = EntryName.of(path, entry.getName());
                if (entry.isDirectory()) {
                    folders.add(name);
                } else if (isPlainFile(entry)) {
                    files.add(new Entry(name, in.position(), entry.getSize()));
                    if (!names.add(name)) {
                        throw new IOException("archive " + path + " must not hold two files of one name, but does: "
                                + EntryName.printable(name));
                    }
                }
                characters += name.length();
                limits.checkNames(path, characters);
                limits.checkEntries(path, files.size() + folders.size());
            }
            // A block of zeros ends an archive; without it, whole files may be missing.
            if (in.position() < end + BLOCK) {
                throw new EOFException();
            }
            in.allow(Long.MAX_VALUE);
            // To gzip's checksum.
            in.transferTo(OutputStream.nullOutputStream());
        } catch (EOFException e) {
            throw new EOFException("archive " + path + " is cut off: it ends at its file " + files.size());
        } catch (IOException | RuntimeException e) {
            throw unreadable(path, e);
        }
        return new TarArchive(path, empty.bytes, empty.compressed, limits, List.copyOf(files), List.copyOf(folders));
    }

    private static TarArchiveEntry next(Expanded in, TarArchiveInputStream tar) throws IOException {
        TarArchiveEntry last = tar.getCurrentEntry();
        if (last != null && isPlainFile(last)) {
            in.allow(Long.MAX_VALUE);
            // Not left to getNextEntry(): what that reads has to be as short as a header is.
            for (long left = last.getSize(); left > 0;) {
                long skipped = tar.skip(left);
                if (skipped == 0) {
                    throw new EOFException();
                }
                left -= skipped;
            }
        }
        in.allow(MAX_HEADER_BYTES);
        return tar.getNextEntry();
    }

    private static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isSymbolicLink() && !entry.isLink() && !entry.isSparse();
    }

    private static boolean isCompressed(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return (in.read() << 8 | in.read()) == GZIP_MAGIC;
        }
    }

    private static IOException unreadable(Path path, Exception cause) {
        String why = String.valueOf(cause.getMessage());
        if (why.contains("Truncated TAR") || why.contains("Unexpected EOF")) {
            return new EOFException("archive " + path + " is cut off");
        }
        return why.startsWith("archive ") || why.startsWith("names in archive ")
                ? new IOException(why, cause)
                : new IOException("archive " + path + " cannot be read: " + EntryName.printable(why), cause);
    }

    Expanded expanded() throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path),
                compressed ? ByteSource.BUFFER : SEEK_BUFFER);
        try {
            InputStream plain = compressed ? new GZIPInputStream(file, ByteSource.BUFFER) : file;
            return new Expanded(plain, compressed, path, bytes, limits);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public InputStream open(Entry file) throws IOException {
        Expanded in = expanded();
        try {
            in.moveTo(file.position());
            return new Bounded(in, file.size());
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public Feed feed(List<Entry> files) {
        return new TarFeed(this, files);
    }
}
