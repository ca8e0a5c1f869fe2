package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files by name: a folder, or the folder in an archive that holds everything. */
interface Container {

    /** Where it is, for messages. */
    String place();

    /** The file of this name, which is one of our own and never one that was read. */
    Optional<ByteSource> file(String name) throws IOException;

    static Container of(Path folder) {
        return new Container() {
            @Override
            public String place() {
                return folder.toString();
            }

            @Override
            public Optional<ByteSource> file(String name) throws IOException {
                Path file = folder.resolve(name);
                return Files.isRegularFile(file) ? Optional.of(ByteSource.of(file)) : Optional.empty();
            }
        };
    }
}
