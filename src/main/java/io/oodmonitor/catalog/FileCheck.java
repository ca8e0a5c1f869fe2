package io.oodmonitor.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file was found to be the one that the catalogue means: by its length, its published digests, and the SHA-256 that
 * was recorded beside it when it came first, if nobody published one.
 *
 * @param against what its digest was held against
 */
public record FileCheck(long bytes, String sha256, Against against) {

    /** What there was to compare with. */
    public enum Against {
        PUBLISHED_SHA256("SHA-256 as published"),
        PUBLISHED_MD5("MD5 as published, SHA-256 recorded for later"),
        RECORDED("SHA-256 as recorded when it came first"),
        NOTHING("no digest is published: its SHA-256 is recorded, and checked from now on");

        private final String words;

        Against(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * Reads a file.
     *
     * @param content the file, under whatever name
     * @param target  its place, beside which its digest is recorded
     * @throws WrongFileException if it is another one
     */
    static FileCheck of(CatalogFile file, Path content, Path target) throws IOException {
        long bytes = Files.size(content);
        if (file.bytes().isPresent() && bytes != file.bytes().getAsLong()) {
            throw new WrongFileException(target + " must have " + file.bytes().getAsLong() + " bytes, but has "
                    + bytes);
        }
        FileDigests digests = FileDigests.of(content);
        Optional<String> recorded = recorded(target);
        require(target, "SHA-256", "as published", file.sha256(), digests.sha256());
        require(target, "MD5", "as published", file.md5(), digests.md5());
        require(target, "SHA-256", "as in " + record(target), recorded, digests.sha256());
        Against against = file.sha256().isPresent() ? Against.PUBLISHED_SHA256
                : recorded.isPresent() ? Against.RECORDED
                : file.md5().isPresent() ? Against.PUBLISHED_MD5 : Against.NOTHING;
        return new FileCheck(bytes, digests.sha256(), against);
    }

    /** Writes down the digest if there was none to compare with. */
    void record(CatalogFile file, Path target) throws IOException {
        if (file.sha256().isEmpty()) {
            Files.writeString(record(target), sha256 + "  " + target.getFileName() + "\n");
        }
    }

    private static void require(Path target, String name, String how, Optional<String> expected, String found)
            throws WrongFileException {
        if (expected.isPresent() && !expected.get().equals(found)) {
            throw new WrongFileException(name + " of " + target + " must be " + expected.get() + ", " + how
                    + ", but is " + found);
        }
    }

    private static Path record(Path target) {
        return target.resolveSibling(target.getFileName() + ".sha256");
    }

    private static Optional<String> recorded(Path target) throws IOException {
        Path record = record(target);
        return Files.exists(record) ? Optional.of(Files.readString(record).strip().split("\\s")[0]) : Optional.empty();
    }
}
