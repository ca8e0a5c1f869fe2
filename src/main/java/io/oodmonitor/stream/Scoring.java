package io.oodmonitor.stream;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.scoring.BatchListener;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.MovingMask;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.ProviderSelection;
import io.oodmonitor.scoring.device.SessionSettings;
import java.util.List;
import java.util.Optional;

/**
 * What scores the stream's images.
 *
 * @param providers where, one a network
 * @param mask      of the engine's networks, where it moves
 */
record Scoring(List<ExecutionProvider> providers, ScoringEngine engine, Optional<MovingMask> mask) {

    /** A bundle's network on the devices that the configuration names, warmed up. */
    static Scoring load(Bundle bundle, MonitorConfig config, BatchListener listener) {
        List<ExecutionProvider> providers =
                ProviderSelection.onThisMachine().select(config.device(), config.gpu(bundle));
        EngineSettings settings = config.engine(providers.get(0));
        List<OnnxNetwork> networks = providers.stream()
                .map(provider -> new SessionSettings(provider, settings.threadsPerLane()))
                .map(session -> config.updateMask() ? OnnxNetwork.withFeatures(bundle, session)
                        : OnnxNetwork.load(bundle, session)).toList();
        return new Scoring(providers, new ScoringEngine(networks, bundle.framing(), settings, listener),
                config.updateMask() ? Optional.of(new MovingMask(bundle, networks)) : Optional.empty());
    }
}
