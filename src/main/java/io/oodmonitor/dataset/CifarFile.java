package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One file of CIFAR's binary version by itself, with the classes' names from the file beside it, if that is there.
 * Which of the two data sets it is of, its length says.
 */
final class CifarFile {

    private CifarFile() {
    }

    static Optional<CifarLayout> layout(Path path) throws IOException {
        long bytes = Files.size(path);
        if (!path.getFileName().toString().endsWith(".bin") || bytes == 0) {
            return Optional.empty();
        }
        // Only a file of both lengths' common multiple, 9.4 MB, could be either.
        return List.of(CifarLayout.values()).stream().filter(layout -> bytes % layout.recordBytes() == 0).findFirst();
    }

    static Dataset open(Path path, CifarLayout layout) throws IOException {
        CifarVersion version = layout == CifarLayout.CIFAR_10 ? CifarVersion.BINARY_10 : CifarVersion.BINARY_100;
        Container folder = Container.of(path.toAbsolutePath().getParent());
        return new CifarSet(path.getFileName().toString(), layout, version.classNames(folder),
                List.of(CifarBatch.binary(ByteSource.of(path), layout)));
    }
}
