package io.oodmonitor.scoring.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Linux's loader of shared libraries looks: in the folders of LD_LIBRARY_PATH, of /etc/ld.so.conf and what that
 * includes, and in its own.
 */
record LibraryPath(List<Path> folders) {

    private static final List<String> BUILT_IN = List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib");

    /** @param variable LD_LIBRARY_PATH; may be null */
    static LibraryPath of(String variable, Path configuration) {
        List<Path> folders = new ArrayList<>();
        if (variable != null) {
            Stream.of(variable.split("[:;]")).filter(folder -> !folder.isBlank()).map(Path::of).forEach(folders::add);
        }
        read(configuration, folders);
        BUILT_IN.stream().map(Path::of).forEach(folders::add);
        return new LibraryPath(List.copyOf(folders));
    }

    private static void read(Path file, List<Path> folders) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            // Not every Linux has one; without it there are the folders that it would have added to.
            return;
        }
        for (String line : lines) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ")) {
                included(file.resolveSibling(text.substring("include ".length()).strip()), folders);
            } else if (!text.isEmpty()) {
                folders.add(Path.of(text));
            }
        }
    }

    private static void included(Path pattern, List<Path> folders) {
        try (DirectoryStream<Path> files =
                     Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
            files.forEach(file -> read(file, folders));
        } catch (IOException e) {
            // What is not there includes nothing.
        }
    }

    boolean has(String library) {
        return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(library)));
    }
}
