package io.oodmonitor.fit;

import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.util.Random;

/** Makes sure that a network sees each image of a batch as it sees it alone. */
final class BatchCheck {

    private static final int IMAGES = 3;

    /** Far above the rounding of different kernels, far below what another image changes. */
    private static final double TOLERANCE = 1e-2;

    private BatchCheck() {
    }

    /** @throws FitException if it does not, or takes no batches */
    static void check(GraphSession session, int imageBytes, String model) throws OrtException {
        byte[] noise = new byte[IMAGES * imageBytes];
        new Random(0).nextBytes(noise);
        ByteBuffer buffer = session.buffer(IMAGES);
        float[][] together;
        try {
            together = session.features(buffer.put(noise));
        } catch (OrtException e) {
            session.features(buffer.put(noise, 0, imageBytes));
            throw new FitException(model
                    + " must take several images at once, but takes only 1: export it with a dynamic batch axis", e);
        }
        for (int image = 0; image < IMAGES; image++) {
            float[] alone = session.features(buffer.put(noise, image * imageBytes, imageBytes))[0];
            if (together.length != IMAGES || !close(alone, together[image])) {
                throw new FitException(model + " must give an image the same features alone and among others, but does"
                        + " not: export it with a dynamic batch axis, in evaluation mode");
            }
        }
    }

    private static boolean close(float[] a, float[] b) {
        double difference = 0;
        double size = 0;
        for (int j = 0; j < a.length; j++) {
            difference += Math.pow(a[j] - b[j], 2);
            size += Math.pow(a[j], 2);
        }
        return Math.sqrt(difference) <= TOLERANCE * Math.sqrt(size);
    }
}
