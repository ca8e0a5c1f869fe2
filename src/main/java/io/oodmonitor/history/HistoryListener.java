package io.oodmonitor.history;

/** Is told what is new on the output topics, by the thread that reads them: it must be quick. */
public interface HistoryListener {

    /** A window is final. */
    void rate(RateWindow window);

    /** An alert was raised or cleared. */
    void alert(AlertSpan span);

    /** An image is out of distribution. */
    void flagged(FlaggedImage image);

    /** A threshold is in force. */
    void threshold(ThresholdPoint point);

    /** The past was read, of which nothing was told: look at everything anew. */
    void loaded();
}
