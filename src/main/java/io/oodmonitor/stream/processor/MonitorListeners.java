package io.oodmonitor.stream.processor;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.stream.prefetch.Reason;
import java.util.List;

/** Tells several listeners, one after the other. */
public final class MonitorListeners implements MonitorListener {

    private final MonitorListener[] listeners;

    public MonitorListeners(List<MonitorListener> listeners) {
        this.listeners = listeners.toArray(MonitorListener[]::new);
    }

    @Override
    public void scored(int images, long waitNanos, long networkNanos) {
        for (MonitorListener listener : listeners) {
            listener.scored(images, waitNanos, networkNanos);
        }
    }

    @Override
    public void judged(OodScore verdict) {
        for (MonitorListener listener : listeners) {
            listener.judged(verdict);
        }
    }

    @Override
    public void flagged(OodScore verdict, ImageEvent image) {
        for (MonitorListener listener : listeners) {
            listener.flagged(verdict, image);
        }
    }

    @Override
    public void rejected(Reason reason) {
        for (MonitorListener listener : listeners) {
            listener.rejected(reason);
        }
    }
}
