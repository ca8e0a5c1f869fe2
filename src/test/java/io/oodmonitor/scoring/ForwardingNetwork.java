package io.oodmonitor.scoring;

/** A network around another, for a test to change what it does. */
public class ForwardingNetwork implements Network {

    private final Network network;

    public ForwardingNetwork(Network network) {
        this.network = network;
    }

    @Override
    public int height() {
        return network.height();
    }

    @Override
    public int width() {
        return network.width();
    }

    @Override
    public int features() {
        return network.features();
    }

    @Override
    public void run(Batch batch, int from, int to) throws NetworkException {
        network.run(batch, from, to);
    }

    @Override
    public void close() {
        network.close();
    }
}
