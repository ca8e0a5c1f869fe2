package io.oodmonitor.demo;

import io.oodmonitor.event.OodRateAlert;

/** Where the demo shows what happens. */
interface Board extends AutoCloseable {

    /** Something is being done before the stream begins. */
    void progress(String sentence);

    /** What the stream looks like now; called a few times a second. */
    void show(Snapshot snapshot);

    /** An alert was raised or cleared. */
    void alert(OodRateAlert alert);

    /** Leaves what it shows where it is. */
    @Override
    void close();
}
