package io.oodmonitor.scoring;

/** Tells a bad image from a bad network: if the network fails on a black image too, it is the network. Thread-safe. */
final class Canary {

    private final Network network;
    private final Batch black;

    Canary(Network network) {
        this.network = network;
        this.black = new Batch(1, network.height() * network.width() * 3, network.features());
    }

    synchronized boolean fails() {
        try {
            network.run(black, 0, 1);
            return false;
        } catch (NetworkException e) {
            return true;
        }
    }
}
