package io.oodmonitor.faults;

/**
 * A fault that was injected.
 *
 * @param atSeconds        since the load began
 * @param lastedSeconds    until it was over
 * @param recoveredSeconds from then until images that were acknowledged after it, of every partition, had come out;
 *                         null if that took too long, or the fault did not end
 * @param seen             what else was seen, in words
 */
record FaultSeen(String name, double atSeconds, double lastedSeconds, Double recoveredSeconds, String seen) {}
