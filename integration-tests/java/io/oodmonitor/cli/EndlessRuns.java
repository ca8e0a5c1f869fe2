package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.SessionSettings;
import java.nio.file.Path;

/** A command that does nothing but run a bundle's network, until a signal ends it. */
final class EndlessRuns {

    static final String READY = "ready";

    private EndlessRuns() {}

    /** @param arguments the bundle's folder */
    public static void main(String[] arguments) throws InterruptedException {
        Interruption.endsProcess();
        Bundle bundle = Bundle.read(Path.of(arguments[0]));
        RgbImage image = new RgbImage(bundle.height(), bundle.width(), new byte[bundle.height() * bundle.width() * 3]);
        try (ScoringEngine engine = new ScoringEngine(OnnxNetwork.load(bundle, SessionSettings.cpu(1)),
                bundle.framing(), EngineSettings.forThroughput())) {
            engine.submit(decoder -> image, image.pixels().length).join();
            System.out.println(READY);
            while (true) {
                engine.submit(decoder -> image, image.pixels().length);
            }
        }
    }
}
