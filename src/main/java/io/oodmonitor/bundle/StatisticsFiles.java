package io.oodmonitor.bundle;

import io.oodmonitor.detector.statistics.ActivationQuantiles;
import io.oodmonitor.detector.statistics.ClassMeans;
import io.oodmonitor.detector.statistics.FeatureBank;
import io.oodmonitor.detector.statistics.FeatureStatistics;
import io.oodmonitor.detector.statistics.NpyArray;
import io.oodmonitor.detector.statistics.SecondMoment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Statistics beyond the feature mean, as NumPy arrays in a folder of the bundle: for whoever fits another detector. */
final class StatisticsFiles {

    static final String FOLDER = "statistics";

    private static final String ACTIVATIONS = FOLDER + "/activation-quantiles.npy";
    private static final String CLASS_COUNTS = FOLDER + "/class-counts.npy";
    private static final String CLASS_MEANS = FOLDER + "/class-means.npy";
    private static final String SECOND_MOMENT = FOLDER + "/second-moment.npy";
    private static final String BANK = FOLDER + "/features.npy";

    /** Paths within the bundle: all or none are there. */
    static final List<String> NAMES = List.of(ACTIVATIONS, CLASS_COUNTS, CLASS_MEANS, SECOND_MOMENT, BANK);

    private StatisticsFiles() {
    }

    static void write(FeatureStatistics statistics, Path bundle) throws IOException {
        int d = statistics.features();
        ClassMeans means = statistics.classMeans();
        Files.createDirectories(bundle.resolve(FOLDER));
        NpyArray.write(bundle.resolve(ACTIVATIONS), statistics.activations().values(), ActivationQuantiles.COUNT);
        NpyArray.write(bundle.resolve(CLASS_COUNTS), means.counts(), means.counts().length);
        NpyArray.write(bundle.resolve(CLASS_MEANS), means.means(), means.counts().length, d);
        NpyArray.write(bundle.resolve(SECOND_MOMENT), statistics.secondMoment().values(), d, d);
        NpyArray.write(bundle.resolve(BANK), statistics.bank().values(), statistics.bank().images(), d);
    }

    static FeatureStatistics read(Path bundle) throws IOException {
        NpyArray means = NpyArray.read(bundle.resolve(CLASS_MEANS), 2);
        NpyArray moment = NpyArray.read(bundle.resolve(SECOND_MOMENT), 2);
        NpyArray bank = NpyArray.read(bundle.resolve(BANK), 2);
        return new FeatureStatistics(
                new ActivationQuantiles(NpyArray.read(bundle.resolve(ACTIVATIONS), 1).doubles()),
                new ClassMeans(means.shape().get(1), NpyArray.read(bundle.resolve(CLASS_COUNTS), 1).doubles(),
                        means.doubles()),
                new SecondMoment(moment.shape().get(1), moment.doubles()),
                new FeatureBank(bank.shape().get(1), bank.floats()));
    }
}
