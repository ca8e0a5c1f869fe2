package io.oodmonitor.stream;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.scoring.CommandedNetwork;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The monitor as {@code run} starts it, but its network obeys the commands of {@link CommandedNetwork}, one a line on
 * standard input. It prints READY once, and every change of its readiness.
 */
public final class CommandedMonitor {

    /** And true or false. */
    public static final String READINESS = "readiness: ";

    private static final Duration STEP = Duration.ofMillis(50);

    private CommandedMonitor() {}

    /** @param arguments the settings file */
    public static void main(String[] arguments) throws Exception {
        MonitorConfig config = SettingsFile.load(Optional.of(Path.of(arguments[0])), Map.of(), Map.of());
        Bundle bundle = Bundle.read(config.bundle());
        CommandedNetwork network = new CommandedNetwork(OnnxNetwork.load(bundle, SessionSettings.cpu(1)));
        Monitor monitor = Monitor.start(config, bundle, () -> new Scoring(List.of(ExecutionProvider.CPU),
                new ScoringEngine(network, bundle.framing(), config.engine(ExecutionProvider.CPU)), Optional.empty()));
        Runtime.getRuntime().addShutdownHook(new Thread(monitor::close));
        Thread commands = new Thread(() -> obey(network), "commands");
        commands.setDaemon(true);
        commands.start();
        watch(monitor);
        System.exit(1);
    }

    private static void obey(CommandedNetwork network) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                network.obey(line);
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
        // Whoever commanded it is gone.
        Runtime.getRuntime().halt(1);
    }

    /** Returns when the monitor has stopped by itself. */
    private static void watch(Monitor monitor) throws InterruptedException {
        boolean ready = false;
        boolean told = false;
        while (monitor.failure().isEmpty()) {
            if (monitor.isReady() != ready) {
                ready = !ready;
                System.out.println(READINESS + ready);
                if (ready && !told) {
                    System.out.println("READY");
                    told = true;
                }
            }
            Thread.sleep(STEP.toMillis());
        }
    }
}
