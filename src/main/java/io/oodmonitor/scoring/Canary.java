package io.oodmonitor.scoring;

import java.util.Optional;

/** Tells a bad image from a bad network: if the network fails on a black image too, it is the network. Thread-safe. */
final class Canary {

    private final Network network;
    private final Batch black;

    Canary(Network network) {
        this.network = network;
        this.black = new Batch(1, network.height() * network.width() * 3, network.features());
    }

    /** How the network fails on a black image, if it does. */
    synchronized Optional<NetworkException> failure() {
        try {
            network.run(black, 0, 1);
            return Optional.empty();
        } catch (NetworkException e) {
            return Optional.of(e);
        }
    }
}
