package io.oodmonitor.bundle;

import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.FeatureStatistics;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model to monitor, read from its folder and found to hang together: the files are those that were fitted, and graph,
 * classes, statistics and threshold belong to each other. Immutable and safe for use by several threads.
 *
 * <p>The graph is fed and read by the names in {@link io.oodmonitor.onnx.PreparedGraph}.
 */
public final class Bundle {

    /** Version of a fitted mask. */
    private static final int FITTED_MASK = 0;

    private final Path folder;
    private final Manifest manifest;
    private final Framing framing;
    private final Normalization normalization;
    private final Detector detector;
    private final FeatureMean featureMean;
    private final LinearHead head;
    private final FittedThreshold threshold;

    Bundle(Path folder, Manifest manifest, Framing framing, Normalization normalization, Detector detector,
            FeatureMean featureMean, LinearHead head, FittedThreshold threshold) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.manifest = Objects.requireNonNull(manifest, "manifest");
        this.framing = Objects.requireNonNull(framing, "framing");
        this.normalization = Objects.requireNonNull(normalization, "normalization");
        this.detector = Objects.requireNonNull(detector, "detector");
        this.featureMean = Objects.requireNonNull(featureMean, "featureMean");
        this.head = Objects.requireNonNull(head, "head");
        this.threshold = threshold;
    }

    /**
     * Reads and checks the bundle of a folder.
     *
     * @throws BundleException if anything about it is wrong or cannot be read
     */
    public static Bundle read(Path folder) {
        return new BundleReader(folder, folder).read();
    }

    public Path folder() {
        return folder;
    }

    /** What verdicts call the model. */
    public String name() {
        return manifest.name();
    }

    /** Of the model. */
    public String version() {
        return manifest.version();
    }

    public Instant created() {
        return Instant.parse(manifest.created());
    }

    /** What the threshold was computed with, for people. */
    public String runtime() {
        return manifest.runtime();
    }

    /** The prepared graph. */
    public Path modelFile() {
        return folder.resolve(BundleFiles.MODEL);
    }

    /** SHA-256 of the prepared graph, in hexadecimal. */
    public String modelDigest() {
        return manifest.files().get(BundleFiles.MODEL);
    }

    /** Version of the standard operators that the graph uses. */
    public long opset() {
        return manifest.network().opset();
    }

    /** How an image becomes {@link #height()} x {@link #width()} pixels. */
    public Framing framing() {
        return framing;
    }

    public int height() {
        return framing.height();
    }

    public int width() {
        return framing.width();
    }

    /** What the graph itself does to the pixels. */
    public Normalization normalization() {
        return normalization;
    }

    /** Names in the order of the head's rows. */
    public List<String> classes() {
        return manifest.classes();
    }

    /** Number of penultimate features. */
    public int features() {
        return head.features();
    }

    /** Tensor of the penultimate features, as the original graph names it. */
    public String penultimate() {
        return manifest.network().penultimate();
    }

    public Detector detector() {
        return detector;
    }

    /** Of the scores that the graph gives as it is stored. */
    public String detectorVersion() {
        return detector.version(FITTED_MASK);
    }

    /** Whether the detector masks the head's weights, so that its mask can follow the feature mean. */
    public boolean hasMask() {
        return detector.mask().isPresent();
    }

    public FeatureMean featureMean() {
        return featureMean;
    }

    /** Whether there are statistics beyond the feature mean. */
    public boolean hasFeatureStatistics() {
        return manifest.files().keySet().containsAll(StatisticsFiles.NAMES);
    }

    /**
     * Reads all that the bundle knows of the in-distribution images: it can be large.
     *
     * @throws BundleException if a file cannot be read
     */
    public IdStatistics statistics() {
        try {
            Optional<FeatureStatistics> images =
                    hasFeatureStatistics() ? Optional.of(StatisticsFiles.read(folder)) : Optional.empty();
            images.map(FeatureStatistics::classMeans).filter(means -> means.counts().length != classes().size())
                    .ifPresent(means -> {
                        throw new IllegalArgumentException("the class means must be of " + classes().size()
                                + " classes, but are of " + means.counts().length);
                    });
            return new IdStatistics(featureMean, images);
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleException("the statistics of bundle " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The original head, as the graph stores it. */
    public LinearHead head() {
        return head;
    }

    /** Empty where none was fitted. */
    public Optional<FittedThreshold> fittedThreshold() {
        return Optional.ofNullable(threshold);
    }

    @Override
    public String toString() {
        return "Bundle[" + name() + " " + version() + ", " + detectorVersion() + ", " + folder + "]";
    }
}
