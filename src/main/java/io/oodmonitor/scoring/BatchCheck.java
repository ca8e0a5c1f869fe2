package io.oodmonitor.scoring;

import java.nio.FloatBuffer;
import java.util.Random;

/** Makes sure that a network sees each image of a batch as it sees it alone. */
public final class BatchCheck {

    private static final int IMAGES = 3;

    /** Far above the rounding of different kernels, far below what another image changes. */
    private static final double TOLERANCE = 1e-2;

    private BatchCheck() {
    }

    /**
     * @param network gives features
     * @param model   how messages call it
     * @throws EngineException if it does not, or takes no batches, or does not run at all
     */
    public static void check(Network network, String model) {
        int imageBytes = network.height() * network.width() * 3;
        Batch batch = new Batch(IMAGES, imageBytes, network.features());
        byte[] noise = new byte[IMAGES * imageBytes];
        new Random(0).nextBytes(noise);
        batch.pixels(0, IMAGES).put(noise);
        float[][] together = new float[IMAGES][];
        try {
            network.run(batch, 0, IMAGES);
            for (int image = 0; image < IMAGES; image++) {
                together[image] = features(batch, image);
            }
        } catch (NetworkException e) {
            alone(network, batch, 0, model);
            throw new EngineException(model
                    + " must take several images at once, but takes only 1: export it with a dynamic batch axis", e);
        }
        for (int image = 0; image < IMAGES; image++) {
            if (!close(alone(network, batch, image, model), together[image])) {
                throw new EngineException(model + " must give an image the same features alone and among others, but"
                        + " does not: export it with a dynamic batch axis, in evaluation mode", null);
            }
        }
    }

    private static float[] alone(Network network, Batch batch, int image, String model) {
        try {
            network.run(batch, image, image + 1);
            return features(batch, image);
        } catch (NetworkException e) {
            throw new EngineException(model + " cannot be run: " + e.getMessage(), e);
        }
    }

    private static float[] features(Batch batch, int image) {
        FloatBuffer buffer = batch.features(image, image + 1);
        float[] features = new float[buffer.remaining()];
        buffer.get(features);
        return features;
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
