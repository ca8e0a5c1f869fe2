package io.oodmonitor.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs archives for tests, and unpacks the fixtures. The content of a file is its name, repeated. */
final class Packed {

    private Packed() {
    }

    static byte[] content(String name) {
        return name.repeat(1 + name.length() % 5).getBytes(StandardCharsets.UTF_8);
    }

    /** A name that ends with '/' is a folder. */
    static Path tar(Path file, List<String> names) throws IOException {
        OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
        OutputStream out = file.toString().endsWith(".tar") ? raw : new GZIPOutputStream(raw);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : names) {
                byte[] content = name.endsWith("/") ? new byte[0] : content(name);
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    static Path zip(Path file, List<String> names) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith("/") ? new byte[0] : content(name));
            }
        }
        return file;
    }

    /** Packs files of a folder under their names below it. */
    static void files(Path archive, Path root, List<Path> files) throws IOException {
        OutputStream raw = new BufferedOutputStream(Files.newOutputStream(archive));
        if (archive.toString().endsWith(".zip")) {
            try (ZipOutputStream zip = new ZipOutputStream(raw)) {
                for (Path file : files) {
                    zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                    Files.copy(file, zip);
                }
            }
            return;
        }
        OutputStream out = archive.toString().endsWith(".tar") ? raw : new GZIPOutputStream(raw);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Path file : files) {
                tar.putArchiveEntry(new TarArchiveEntry(file, root.relativize(file).toString()));
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
    }

    static Path any(Path file, List<String> names) throws IOException {
        return file.toString().endsWith(".zip") ? zip(file, names) : tar(file, names);
    }

    static Path folder(Path root, List<String> names) throws IOException {
        for (String name : names) {
            Path path = root.resolve(name);
            if (name.endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.write(path, content(name));
            }
        }
        return root;
    }

    /** Writes the files of a tar.gz of our own; gives the folder in it. */
    static Path unpack(Path archive, Path root) throws IOException {
        Path folder = root;
        try (InputStream in = Files.newInputStream(archive);
             TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = root.resolve(entry.getName());
                if (entry.isDirectory()) {
                    folder = Files.createDirectories(path);
                } else {
                    Files.copy(tar, path);
                }
            }
        }
        return folder;
    }
}
