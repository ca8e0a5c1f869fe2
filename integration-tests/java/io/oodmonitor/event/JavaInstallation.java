package io.oodmonitor.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java on this machine.
 *
 * @param home    its folder
 * @param version its feature version, such as 21
 */
record JavaInstallation(Path home, int version) {

    /** The newest one that is at least so new: JAVA_HOME, the one that runs this, its neighbours and Debian's. */
    static Optional<JavaInstallation> atLeast(int version) {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
        Path ours = Path.of(System.getProperty("java.home"));
        homes.add(ours);
        homes.addAll(foldersIn(ours.getParent()));
        homes.addAll(foldersIn(Path.of("/usr/lib/jvm")));
        return homes.stream().flatMap(home -> in(home).stream()).filter(java -> java.version() >= version)
            .max((a, b) -> Integer.compare(a.version(), b.version()));
    }

    Path executable() {
        return home.resolve("bin").resolve("java");
    }

    /** Every installation names its version in a file. */
    private static Optional<JavaInstallation> in(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION=")).findFirst()
                .map(line -> line.replaceAll("[^0-9.]", " ").strip().split("[ .]")[0])
                .map(feature -> new JavaInstallation(home, Integer.parseInt(feature)));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<Path> foldersIn(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
