package io.oodmonitor.bundle;

import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.GraphPreparation;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.Normalization;
import io.oodmonitor.onnx.PreparedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes bundles whole or not at all: nobody ever finds half a bundle in the folder, and where one replaces another it
 * is missing for an instant at most. Other files of the folder (a model card, a training recipe) stay.
 */
public final class BundleWriter {

    private static final int VERSION_LENGTH = 12;
    private static final List<String> OWN_FILES =
            List.of(BundleFiles.MANIFEST, BundleFiles.MODEL, BundleFiles.FEATURE_MEAN);

    private BundleWriter() {
    }

    /**
     * Says before there is anything to write whether it could be written.
     *
     * @param name     what verdicts would call the model
     * @param version  empty where it is taken from the content
     * @param replaces whether a bundle that is there may go
     * @throws BundleException in one sentence, if not
     */
    public static void check(String name, Optional<String> version, Path folder, boolean replaces) {
        BundleReader.requireName(folder, "name", name);
        version.ifPresent(text -> BundleReader.requireName(folder, "version", text));
        if (!replaces) {
            requireNone(folder);
        }
        Path target = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target.getParent());
            Files.delete(Files.createDirectory(besides(target)));
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** The files that a bundle would be made of there, and so would be written over. */
    public static List<Path> files(Path folder) {
        return Stream.concat(OWN_FILES.stream(), StatisticsFiles.NAMES.stream()).map(folder::resolve).toList();
    }

    private static void requireNone(Path folder) {
        for (String name : OWN_FILES) {
            if (Files.exists(folder.resolve(name))) {
                throw new BundleException(folder + " must not hold a bundle yet, but holds " + name);
            }
        }
    }

    private static BundleException unwritable(Path folder, Exception e) {
        return new BundleException("bundle " + folder + " cannot be written: "
                + (e instanceof FileSystemException ? e.toString() : e.getMessage()), e);
    }

    /**
     * Writes a bundle where none is.
     *
     * @throws BundleException if the folder holds one, or the content does not hang together
     */
    public static Bundle write(BundleContent content, Path folder) {
        requireNone(folder);
        return replace(content, folder);
    }

    /**
     * Writes a bundle, also over another.
     *
     * @throws BundleException if the content does not hang together; the folder is then as before
     */
    public static Bundle replace(BundleContent content, Path folder) {
        Path target = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target.getParent());
            Path fresh = Files.createDirectory(besides(target));
            try {
                fill(content, fresh);
                new BundleReader(fresh, folder).read();
                keepOthers(target, fresh);
                swap(target, fresh);
            } finally {
                delete(fresh);
            }
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(folder, e);
        }
        return Bundle.read(folder);
    }

    private static void fill(BundleContent content, Path folder) throws IOException {
        ModelFile.write(PreparedModel.labelled(content.graph(), content.detector().name()),
                folder.resolve(BundleFiles.MODEL));
        content.statistics().featureMean().write(folder.resolve(BundleFiles.FEATURE_MEAN));
        List<String> names = new ArrayList<>(List.of(BundleFiles.MODEL, BundleFiles.FEATURE_MEAN));
        if (content.statistics().images().isPresent()) {
            StatisticsFiles.write(content.statistics().images().get(), folder);
            names.addAll(StatisticsFiles.NAMES);
        }
        Map<String, String> digests = new TreeMap<>();
        for (String name : names) {
            digests.put(name, BundleFiles.sha256(folder.resolve(name)));
        }
        ManifestFile.write(manifest(content, digests), folder.resolve(BundleFiles.MANIFEST));
    }

    private static Manifest manifest(BundleContent content, Map<String, String> digests) {
        Framing framing = content.framing();
        Normalization normalization = content.normalization();
        return new Manifest(Manifest.FORMAT, content.name(),
                content.version().orElseGet(() -> version(digests, framing)), content.created().toString(),
                content.runtime(),
                new Manifest.Input(framing.height(), framing.width(), framing.policy(), framing.share(),
                        framing.interpolation(), normalization.channels(), normalization.mean(), normalization.std()),
                content.classes(),
                new Manifest.Network(GraphPreparation.opset(content.graph()), content.head().penultimate(),
                        content.head().weight(), content.head().bias(), content.head().head().features()),
                content.detector().name(), content.threshold().map(BundleWriter::threshold).orElse(null), digests);
    }

    private static Manifest.Threshold threshold(FittedThreshold fitted) {
        return new Manifest.Threshold(fitted.threshold().threshold(), fitted.threshold().rank(),
                fitted.threshold().samples(), fitted.threshold().targetFalseAlarmRate(),
                fitted.accuracy().isPresent() ? fitted.accuracy().getAsDouble() : null, fitted.quantiles().values());
    }

    /** Normalization, detector and mask are in the graph; the framing is all else that a score depends on. */
    private static String version(Map<String, String> digests, Framing framing) {
        MessageDigest digest = BundleFiles.sha256();
        digest.update(framing.toString().getBytes(StandardCharsets.UTF_8));
        for (String name : List.of(BundleFiles.MODEL, BundleFiles.FEATURE_MEAN)) {
            digest.update(HexFormat.of().parseHex(digests.get(name)));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
    }

    private static void keepOthers(Path target, Path fresh) throws IOException {
        if (!Files.isDirectory(target)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(target)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path copy = fresh.resolve(target.relativize(path).toString());
                // Statistics of another bundle are nobody's.
                if (!path.startsWith(target.resolve(StatisticsFiles.FOLDER))
                        && !Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private static void swap(Path target, Path fresh) throws IOException {
        if (!Files.exists(target)) {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path old = besides(target);
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        delete(old);
    }

    /** On the same file system, so that it can be moved there in one step. */
    private static Path besides(Path target) {
        return target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
