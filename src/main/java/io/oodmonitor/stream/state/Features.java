package io.oodmonitor.stream.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Features of an image as {@link CalibrationSample} keeps them: float32, little-endian. */
public final class Features {

    private Features() {}

    public static ByteBuffer bytes(float[] features) {
        ByteBuffer bytes = ByteBuffer.allocate(features.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(features);
        return bytes;
    }

    public static float[] of(ByteBuffer bytes) {
        float[] features = new float[bytes.remaining() / Float.BYTES];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(features);
        return features;
    }
}
