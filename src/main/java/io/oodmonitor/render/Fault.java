package io.oodmonitor.render;

/** What may be wrong with the camera itself. */
enum Fault {
    NONE {
        @Override
        byte[] strike(float[][] planes, Sensor sensor, Draw draw, Draw failure) {
            return sensor.expose(planes, draw);
        }
    },
    /** Grease wiped across the lens: most of the picture drawn out along the wipe under a milky veil. */
    SMEAR {
        @Override
        byte[] strike(float[][] planes, Sensor sensor, Draw draw, Draw failure) {
            int side = Render.SIDE;
            double angle = failure.angle();
            double length = failure.between(24, 36.0);
            float veil = (float) failure.between(0.1, 0.25);
            float[] grease = grease(failure, angle);
            for (float[] plane : planes) {
                float[] drawn = plane.clone();
                Blur.motion(drawn, side, length, angle);
                Blur.defocus(drawn, side, 2);
                for (int i = 0; i < plane.length; i++) {
                    plane[i] += grease[i] * (drawn[i] * 0.85f + veil - plane[i]);
                }
            }
            return sensor.expose(planes, draw);
        }

        private float[] grease(Draw failure, double angle) {
            int side = Render.SIDE;
            double nx = -StrictMath.sin(angle);
            double ny = StrictMath.cos(angle);
            double middle = failure.between(-4, 4.0);
            double width = failure.between(27, 36.0);
            double ripple = failure.between(0.5, 1.1);
            float[] grease = new float[side * side];
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double off = nx * (x - side / 2.0) + ny * (y - side / 2.0) - middle;
                    double cover = Math.min(1, Math.max(0, (width - Math.abs(off)) / 6));
                    grease[y * side + x] = (float) (cover * (0.92 + 0.08 * StrictMath.sin(off * ripple)));
                }
            }
            return grease;
        }
    },
    /** The lamp is out: a trace of light and the sensor's noise. */
    DARK {
        @Override
        byte[] strike(float[][] planes, Sensor sensor, Draw draw, Draw failure) {
            return sensor.exposed(failure.between(0.004, 0.02)).expose(planes, draw);
        }
    },
    /** One colour channel arrives inverted. */
    FLIP {
        @Override
        byte[] strike(float[][] planes, Sensor sensor, Draw draw, Draw failure) {
            byte[] rgb = sensor.expose(planes, draw);
            for (int i = failure.below(3); i < rgb.length; i += 3) {
                rgb[i] = (byte) ~rgb[i];
            }
            return rgb;
        }
    };

    /** The picture that this camera takes of the light in {@code planes}, which are used up. */
    abstract byte[] strike(float[][] planes, Sensor sensor, Draw draw, Draw failure);
}
