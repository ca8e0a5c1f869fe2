package io.oodmonitor.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records to test with. */
final class Events {

    private Events() {
    }

    static ImageEvent image() {
        return ImageEvent.newBuilder().setId("a").setSource("b").setCapturedAt(Instant.ofEpochMilli(1))
            .setEncoding(ImageEncoding.RGB8).setHeight(1).setWidth(1)
            .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3})).setAttributes(Map.of()).build();
    }

    static OodThreshold threshold() {
        return OodThreshold.newBuilder().setModel("parts").setModelVersion("1").setDetectorVersion("dice@90#0")
            .setVersion(7).setThreshold(-1.5).setRank(5).setTargetFalseAlarmRate(0.05).setSamples(100).setAccuracy(0.97)
            .setUpdatedAt(Instant.ofEpochMilli(1_700_000_000_000L)).setQuantiles(List.of(-2.0, 0.5, 3.25)).build();
    }
}
