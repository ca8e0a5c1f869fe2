package io.oodmonitor.stream;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.StopSignal;
import io.oodmonitor.scoring.CommandedNetwork;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import io.oodmonitor.stream.processor.MonitorListener;
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
 * The monitor as {@code run} starts and stops it, but its network obeys the commands of {@link CommandedNetwork}, one a
 * line on standard input. It prints READY once, every change of its readiness, and what the network has to say.
 */
public final class CommandedMonitor {

    /** And true or false. */
    public static final String READINESS = "readiness: ";

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private CommandedMonitor() {}

    /** @param arguments the settings file */
    public static void main(String[] arguments) throws Exception {
        MonitorConfig config = SettingsFile.load(Optional.of(Path.of(arguments[0])), Map.of(), Map.of());
        Bundle bundle = Bundle.read(config.bundle());
        boolean failed;
        try (StopSignal stop = StopSignal.listen(STOP_PATIENCE)) {
            CommandedNetwork network =
                    new CommandedNetwork(OnnxNetwork.load(bundle, SessionSettings.cpu(1)), System.out::println);
            Thread commands = new Thread(() -> obey(network), "commands");
            commands.setDaemon(true);
            commands.start();
            try (Monitor monitor = Monitor.start(config, bundle, () -> new Scoring(List.of(ExecutionProvider.CPU),
                    new ScoringEngine(network, bundle.framing(), config.engine(ExecutionProvider.CPU)),
                    Optional.empty()), MonitorListener.NONE)) {
                watch(monitor, stop);
                failed = monitor.failure().isPresent();
            }
        }
        System.exit(failed ? 1 : 0);
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

    /** Returns when the monitor has stopped by itself, or is to. */
    private static void watch(Monitor monitor, StopSignal stop) throws InterruptedException {
        boolean ready = false;
        boolean told = false;
        while (monitor.failure().isEmpty() && !stop.await(STEP)) {
            if (monitor.isReady() != ready) {
                ready = !ready;
                System.out.println(READINESS + ready);
                if (ready && !told) {
                    System.out.println("READY");
                    told = true;
                }
            }
        }
    }
}
