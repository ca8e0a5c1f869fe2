package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.TopicNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;

/** What a monitor that was started will do, in one line. */
final class StartLine {

    private StartLine() {}

    /**
     * Says model, device, threshold, topics and addresses.
     *
     * @param data where its own broker keeps data, if it has one
     * @param web  where the dashboard is, if there is one
     */
    static String of(Bundle bundle, List<ExecutionProvider> providers, MonitorConfig config, Optional<Path> data,
                     Optional<URI> web) {
        TopicNames topics = config.topics();
        return "Judges images with " + bundle.name() + " " + bundle.version() + ", "
                + Numbers.count(bundle.classes().size()) + " classes, " + bundle.width() + " x " + bundle.height()
                + " pixels, detector " + bundle.detectorVersion() + ", on " + joined(providers)
                + "; threshold " + threshold(bundle, config)
                + "; reads " + topics.images() + ", " + topics.calibrationImages()
                + "; writes " + joined(topics.all().stream().filter(name -> !topics.inputs().contains(name)).toList())
                + "; Kafka " + config.kafka().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                + data.map(folder -> " (its own, data in " + folder + ")").orElse("")
                // Not the setting itself, which may hold a password.
                + "; registry " + joined(config.registry().urls())
                + web.map(url -> "; dashboard " + url).orElse("");
    }

    private static String threshold(Bundle bundle, MonitorConfig config) {
        return bundle.fittedThreshold().map(fitted -> String.format(Locale.ROOT,
                "%.4f from %s with the bundle, for %s false alarms, until calibration images move %s",
                fitted.threshold().threshold(), Numbers.count(fitted.threshold().samples(), "image"),
                Numbers.percent(fitted.threshold().targetFalseAlarmRate()),
                config.updateMask() ? "it, and the mask" : "it"))
                .orElse("none until calibration images come");
    }

    private static String joined(List<?> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
