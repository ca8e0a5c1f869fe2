package io.oodmonitor.bundle;

import io.oodmonitor.fuzz.Allowance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bundle's manifest beside the files of a small bundle: a bundle, or a {@link BundleException}. Where the input says
 * MODEL-DIGEST and MEAN-DIGEST, these files' digests are put.
 */
public final class ManifestFuzz {

    private static final Allowance ALLOWANCE = Allowance.mebibytes(64, BundleException.class);
    private static final Path FOLDER = written();
    private static final String MODEL_DIGEST = digest(BundleFiles.MODEL);
    private static final String MEAN_DIGEST = digest(BundleFiles.FEATURE_MEAN);

    private ManifestFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        String manifest = new String(input, StandardCharsets.ISO_8859_1).replace("MODEL-DIGEST", MODEL_DIGEST)
                .replace("MEAN-DIGEST", MEAN_DIGEST);
        Files.write(FOLDER.resolve(BundleFiles.MANIFEST), manifest.getBytes(StandardCharsets.ISO_8859_1));
        ALLOWANCE.check(() -> Bundle.read(FOLDER));
    }

    private static Path written() {
        try {
            Path folder = Files.createTempDirectory("fuzz").resolve("tiny");
            BundleWriter.write(TinyBundle.content(), folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        for (String name : new String[] {BundleFiles.MANIFEST, BundleFiles.MODEL, BundleFiles.FEATURE_MEAN, "", ".."}) {
            folder.resolve(name).normalize().toFile().delete();
        }
    }

    private static String digest(String name) {
        try {
            return BundleFiles.sha256(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
