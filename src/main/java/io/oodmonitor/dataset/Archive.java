package io.oodmonitor.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What lies in an archive: names, never paths, and bytes, never written anywhere. Everything that an archive claims is
 * held against {@link ArchiveLimits}. Immutable; holds nothing open.
 */
interface Archive {

    /**
     * A file in it.
     *
     * @param name     with '/' between names, as {@link EntryName} has it
     * @param position where it is; what that means is the archive's affair
     * @param size     bytes
     */
    record Entry(String name, long position, long size) {
    }

    /** Files one after another. */
    interface Feed extends Closeable {
        byte[] next() throws IOException;
    }

    Path path();

    /** In the order of the archive; no two of one name. */
    List<Entry> files();

    /** Folders that have an entry of their own. */
    List<String> folders();

    InputStream open(Entry file) throws IOException;

    /** The contents of files in this order, whatever the archive's own order is; for one thread. */
    Feed feed(List<Entry> files) throws IOException;

    static boolean looksLike(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return isZip(name) || isTar(name);
    }

    /** @throws IOException if it is no archive, or breaks a limit; one sentence */
    static Archive open(Path path, ArchiveLimits limits) throws IOException {
        return isZip(path.getFileName().toString().toLowerCase(Locale.ROOT)) ? ZipArchive.read(path, limits)
                : TarArchive.read(path, limits);
    }

    private static boolean isZip(String name) {
        return name.endsWith(".zip");
    }

    private static boolean isTar(String name) {
        return name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    /** The folder that all these files share, with a '/' at its end; empty for the top of the archive. */
    static String commonFolder(List<Entry> files) {
        String common = null;
        for (Entry file : files) {
            String folder = file.name().substring(0, file.name().lastIndexOf('/') + 1);
            common = common == null ? folder : common;
            while (!folder.startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
            }
        }
        return common == null ? "" : common;
    }

    /** The folder that all files share, as files by name. */
    default Container container() {
        String folder = commonFolder(files());
        return new Container() {
            @Override
            public String place() {
                return path().toString();
            }

            @Override
            public Optional<ByteSource> file(String name) {
                return files().stream().filter(entry -> entry.name().equals(folder + name)).findFirst()
                        .map(entry -> new ArchivedFile(Archive.this, entry));
            }
        };
    }
}
