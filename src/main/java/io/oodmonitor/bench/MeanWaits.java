package io.oodmonitor.bench;

import io.oodmonitor.scoring.Waits;

/**
 * How long an image stayed where in the engine, in milliseconds on average; see {@link Waits}.
 *
 * @param decode  until a worker took it to be decoded
 * @param others  in a batch that waited for others
 * @param lane    until a lane was free
 * @param network in the network
 */
record MeanWaits(double decode, double others, double lane, double network) {

    static MeanWaits of(Waits waits, long images) {
        double unit = 1e6 * Math.max(1, images);
        return new MeanWaits(waits.decodeNanos() / unit, waits.othersNanos() / unit, waits.laneNanos() / unit,
                waits.networkNanos() / unit);
    }
}
