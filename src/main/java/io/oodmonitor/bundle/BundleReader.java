package io.oodmonitor.bundle;

import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalThreshold;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.InputFormat;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.Normalization;
import io.oodmonitor.onnx.PreparedModel;
import io.oodmonitor.onnx.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Checks a bundle from the outside in: manifest, files, then what they say of each other. */
final class BundleReader {

    /** Names travel in topics' keys and metrics' labels. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path folder;
    private final Path shown;

    /** @param shown how messages call the folder */
    BundleReader(Path folder, Path shown) {
        this.folder = folder;
        this.shown = shown;
    }

    Bundle read() {
        try {
            return check(ManifestFile.read(manifestFile()));
        } catch (IOException e) {
            throw new BundleException("bundle " + shown + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException | UnsupportedModelException | DateTimeParseException e) {
            throw wrong(e.getMessage(), e);
        }
    }

    private Path manifestFile() {
        Path file = folder.resolve(BundleFiles.MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new BundleException(shown + " is no bundle: it must hold " + BundleFiles.MANIFEST);
        }
        return file;
    }

    private Bundle check(Manifest manifest) throws IOException {
        if (manifest.format() != Manifest.FORMAT) {
            throw wrong("its format must be " + Manifest.FORMAT + ", but is " + manifest.format(), null);
        }
        requireName("name", manifest.name());
        requireName("version", manifest.version());
        Instant.parse(required("created", manifest.created()));
        required("runtime", manifest.runtime());
        checkFiles(required("files", manifest.files()));

        Manifest.Input input = required("input", manifest.input());
        Framing framing = new Framing(input.height(), input.width(), required("input.policy", input.policy()),
                input.share(), required("input.interpolation", input.interpolation()));
        Normalization normalization = new Normalization(required("input.mean", input.mean()),
                required("input.std", input.std()), required("input.channels", input.channels()));
        Detector detector = Detector.parse(required("detector", manifest.detector()));
        FeatureMean mean = FeatureMean.read(folder.resolve(BundleFiles.FEATURE_MEAN));

        PreparedModel model = PreparedModel.of(ModelFile.readSelfContained(folder.resolve(BundleFiles.MODEL)),
                new InputFormat(framing.height(), framing.width(), normalization));
        LinearHead head = model.head();
        checkNetwork(required("network", manifest.network()), model, mean);
        checkClasses(required("classes", manifest.classes()), head);
        checkDetector(detector, model, mean);
        return new Bundle(
                folder, manifest, framing, normalization, detector, mean, head, threshold(manifest.threshold()));
    }

    private void checkFiles(Map<String, String> digests) throws IOException {
        for (String needed : List.of(BundleFiles.MODEL, BundleFiles.FEATURE_MEAN)) {
            if (!digests.containsKey(needed)) {
                throw wrong("its files must include " + needed + ", but are " + digests.keySet(), null);
            }
        }
        Path root = folder.toRealPath();
        for (Map.Entry<String, String> entry : digests.entrySet()) {
            Path file = inside(root, entry.getKey());
            String digest = BundleFiles.sha256(file);
            if (!digest.equals(entry.getValue())) {
                throw wrong("the SHA-256 digest of " + entry.getKey() + " must be " + entry.getValue() + ", but is "
                        + digest, null);
            }
        }
    }

    private Path inside(Path root, String name) throws IOException {
        Path file;
        try {
            file = root.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw wrong("'" + name + "' is no path", e);
        }
        if (!file.startsWith(root) || file.equals(root)) {
            throw wrong("its files must lie inside its folder, but '" + name + "' does not", null);
        }
        if (!Files.isRegularFile(file)) {
            throw wrong("its file " + name + " is missing", null);
        }
        // A link may point anywhere.
        if (!file.toRealPath().startsWith(root)) {
            throw wrong("its files must lie inside its folder, but '" + name + "' links out of it", null);
        }
        return file;
    }

    private void checkNetwork(Manifest.Network network, PreparedModel model, FeatureMean mean) {
        int features = model.head().features();
        if (network.features() != features) {
            throw wrong("the head of " + BundleFiles.MODEL + " takes " + features + " features, but "
                    + BundleFiles.MANIFEST + " says " + network.features(), null);
        }
        if (mean.features() != features) {
            throw wrong("the head of " + BundleFiles.MODEL + " takes " + features + " features, but "
                    + BundleFiles.FEATURE_MEAN + " holds " + mean.features(), null);
        }
        if (network.opset() != model.opset()) {
            throw wrong(BundleFiles.MODEL + " uses operator set " + model.opset() + ", but " + BundleFiles.MANIFEST
                    + " says " + network.opset(), null);
        }
        required("network.penultimate", network.penultimate());
    }

    // INVARIANT: the graph scores by this detector, with the mask of these statistics: so detectorVersion is the truth.
    private void checkDetector(Detector detector, PreparedModel model, FeatureMean mean) {
        if (!model.detector().equals(Optional.of(detector.name()))) {
            throw wrong(BundleFiles.MODEL + " must score by " + detector.name() + ", but scores by "
                    + model.detector().orElse("a detector that it does not name"), null);
        }
        Optional<float[]> expected = detector.mask().map(dice -> dice.maskedWeight(model.head(), mean));
        if (expected.isPresent() != model.masked().isPresent()
                || expected.isPresent() && !Arrays.equals(expected.get(), model.masked().get())) {
            throw wrong("the mask in " + BundleFiles.MODEL + " must be that of " + detector.name() + " with "
                    + BundleFiles.FEATURE_MEAN + ", but differs from it", null);
        }
    }

    private void checkClasses(List<String> classes, LinearHead head) {
        if (classes.size() != head.classes()) {
            throw wrong("the head of " + BundleFiles.MODEL + " has " + head.classes() + " classes, but "
                    + BundleFiles.MANIFEST + " names " + classes.size(), null);
        }
        for (int c = 0; c < classes.size(); c++) {
            if (classes.get(c) == null || classes.get(c).isBlank()) {
                throw wrong("class " + c + " must have a name, but has none", null);
            }
        }
    }

    private FittedThreshold threshold(Manifest.Threshold fitted) {
        if (fitted == null) {
            return null;
        }
        return new FittedThreshold(
                new ConformalThreshold(
                        fitted.threshold(), fitted.rank(), fitted.samples(), fitted.targetFalseAlarmRate()),
                CalibrationQuantiles.restore(required("threshold.quantiles", fitted.quantiles()), fitted.samples()),
                fitted.accuracy() == null ? OptionalDouble.empty() : OptionalDouble.of(fitted.accuracy()));
    }

    private void requireName(String field, String value) {
        requireName(shown, field, required(field, value));
    }

    /** @throws BundleException if a model cannot be called that */
    static void requireName(Path folder, String field, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new BundleException("bundle " + folder + " is refused: its " + field + " must be letters, digits,"
                    + " dots, dashes and underscores, at most 100, but is '" + value + "'");
        }
    }

    private <T> T required(String field, T value) {
        if (value == null) {
            throw wrong(BundleFiles.MANIFEST + " must name " + field + ", but does not", null);
        }
        return value;
    }

    private BundleException wrong(String what, Exception cause) {
        return new BundleException("bundle " + shown + " is refused: " + what, cause);
    }
}
