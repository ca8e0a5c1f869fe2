package io.oodmonitor.faults;

import java.time.Duration;

/**
 * How long a campaign is, and on what.
 *
 * @param length  under load; the first round of faults is finished even so, and zero is one round
 * @param brokers 1, or 3 with three replicas of which two must be in sync
 * @param brief   without the faults that take long, or are much like others
 */
record CampaignSettings(long seed, Duration length, int brokers, boolean brief) {

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration LONG_OUTAGE = Duration.ofMinutes(1);
    private static final int MANY_KILLS = 20;

    CampaignSettings {
        if (length.isNegative()) {
            throw new IllegalArgumentException("the length of a campaign must not be negative, but is " + length);
        }
        if (brokers != 1 && brokers != 3) {
            throw new IllegalArgumentException("a campaign must have 1 broker or 3, but has " + brokers);
        }
    }

    /** One round, on one broker. */
    static CampaignSettings brief(long seed) {
        return new CampaignSettings(seed, Duration.ZERO, 1, true);
    }

    private boolean isLong() {
        return length.compareTo(LONG) >= 0;
    }

    /** How long all brokers are gone: a minute, where there is time. */
    Duration outage() {
        return isLong() ? LONG_OUTAGE : Cluster.SHORTEST_OUTAGE;
    }

    /** How often a round kills the application in the middle of a batch: it is what all is built to survive. */
    int kills() {
        return isLong() ? MANY_KILLS : 1;
    }
}
