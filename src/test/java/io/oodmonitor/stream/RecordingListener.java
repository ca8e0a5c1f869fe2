package io.oodmonitor.stream;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.stream.prefetch.Reason;
import io.oodmonitor.stream.processor.MonitorListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
final class RecordingListener implements MonitorListener {

    final List<OodScore> judged = new CopyOnWriteArrayList<>();
    final List<OodScore> flagged = new CopyOnWriteArrayList<>();
    final List<ImageEvent> flaggedImages = new CopyOnWriteArrayList<>();
    final List<Reason> rejected = new CopyOnWriteArrayList<>();

    @Override
    public void scored(int images, long waitNanos, long networkNanos) {
        // The engine's own tests see to that.
    }

    @Override
    public void judged(OodScore verdict) {
        judged.add(verdict);
    }

    @Override
    public void flagged(OodScore verdict, ImageEvent image) {
        flagged.add(verdict);
        flaggedImages.add(image);
    }

    @Override
    public void rejected(Reason reason) {
        rejected.add(reason);
    }
}
