package io.oodmonitor.render;

import java.util.SplittableRandom;

/** Random draws in the shapes that a scene needs; the same seed gives the same draws on every machine. */
final class Draw {
    private final SplittableRandom random;

    private Draw(SplittableRandom random) {
        this.random = random;
    }

    static Draw of(long seed, int subject) {
        return new Draw(new SplittableRandom(new SplittableRandom(seed).nextLong() + subject * 0x9E3779B97F4A7C15L));
    }

    /** Draws of their own: what is drawn there does not move what is drawn here. */
    Draw split() {
        return new Draw(random.split());
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    double angle() {
        return between(0, 2 * Math.PI);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Nearly normal with mean 0 and variance 1: four 16-bit uniforms from one draw, added up. */
    float bell() {
        long bits = random.nextLong();
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum - 131070f) * (1f / 37836.8f);
    }
}
