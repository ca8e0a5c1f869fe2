package io.oodmonitor.render;

/** The surfaces that parts lie on. */
final class Backdrop {
    private static final int TILE = 256;
    private static final float[] GRAIN = grain();

    private Backdrop() {
    }

    private static float[] grain() {
        Draw draw = Draw.of(20221114, 0);
        float[] grain = new float[TILE * TILE];
        for (int i = 0; i < grain.length; i++) {
            grain[i] = draw.bell();
        }
        return grain;
    }

    /** White noise of variance 1, the same always. */
    static float grain(int x, int y) {
        return GRAIN[(y & TILE - 1) * TILE + (x & TILE - 1)];
    }

    /** Grain smoothed over cells; coordinates count cells and may not fall below -4096. */
    private static float cloud(float u, float v) {
        int x0 = (int) (u + 4096) - 4096;
        int y0 = (int) (v + 4096) - 4096;
        float fx = u - x0;
        float fy = v - y0;
        fx = fx * fx * (3 - 2 * fx);
        fy = fy * fy * (3 - 2 * fy);
        int top = (y0 & TILE - 1) * TILE;
        int bottom = (y0 + 1 & TILE - 1) * TILE;
        int left = x0 & TILE - 1;
        int right = x0 + 1 & TILE - 1;
        float above = GRAIN[top + left] + fx * (GRAIN[top + right] - GRAIN[top + left]);
        float below = GRAIN[bottom + left] + fx * (GRAIN[bottom + right] - GRAIN[bottom + left]);
        return above + fy * (below - above);
    }

    static void lay(Film film, Lighting light, Draw draw) {
        int kind = draw.below(4);
        double angle = draw.angle();
        float c = (float) StrictMath.cos(angle);
        float s = (float) StrictMath.sin(angle);
        float left = (float) draw.between(0, 200.0);
        float top = (float) draw.between(0, 200.0);
        double lit = light.fill() * 0.9 + 0.8 * light.key() * Math.max(0.2, light.lamp().dot(light.ground()));
        float base = (float) (lit * switch (kind) {
            case 0 -> draw.between(0.30, 0.44);
            case 1 -> draw.between(0.035, 0.07);
            case 2 -> draw.between(0.16, 0.26);
            default -> draw.between(0.46, 0.62);
        });
        float warm = (float) draw.between(-0.05, 0.05) + (kind == 2 ? -0.09f : 0f);
        float slopeX = (float) draw.between(-0.25, 0.25) / Film.SIDE;
        float slopeY = (float) draw.between(-0.25, 0.25) / Film.SIDE;
        float pitch = (float) draw.between(13, 24.0);
        for (int y = 0; y < Film.SIDE; y++) {
            for (int x = 0; x < Film.SIDE; x++) {
                float u = c * x + s * y;
                float v = c * y - s * x;
                float tone = base * (1 + slopeX * (x - Film.SIDE / 2) + slopeY * (y - Film.SIDE / 2));
                tone *= switch (kind) {
                    case 0 -> 1 + 0.13f * cloud((u + left) / 40, v + top);
                    case 1 -> belt(v / pitch) * (1 + 0.16f * grain(x + (int) left, y + (int) top));
                    case 2 -> 1 + 0.06f * cloud((x + left) / 22, (y + top) / 22) + 0.03f * grain(x, y);
                    default -> 1 + 0.06f * cloud((x + left) / 5, (y + top) / 5);
                };
                int i = y * Film.SIDE + x;
                film.red[i] = tone * (1 + warm);
                film.green[i] = tone;
                film.blue[i] = tone * (1 - warm);
            }
        }
    }

    /** The ribs of a conveyor belt: a bright edge, a dark one, and so on with each whole number. */
    private static float belt(float across) {
        float phase = across - ((int) (across + 4096) - 4096);
        return phase < 0.14f ? 1.7f : phase > 0.86f ? 0.45f : 1f;
    }
}
