package io.oodmonitor.bench;

/**
 * One instance, and right after it several.
 *
 * @param one images per second of one instance on one core
 * @param all images per second of all, each on a core of its own
 */
record ScalingRound(double one, double all) {

    double ratio() {
        return all / one;
    }
}
