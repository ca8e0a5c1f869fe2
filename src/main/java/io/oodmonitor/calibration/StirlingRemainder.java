package io.oodmonitor.calibration;

/** What Stirling's x log x - x leaves of log x!: log G(x+1) - x log x + x, G the gamma function. Stateless. */
final class StirlingRemainder {

    private static final double LOG_TWO_PI = 1.8378770664093454836;

    /** From here on five terms of the series leave less than 1e-16. */
    private static final double LARGE = 16;

    private StirlingRemainder() {
    }

    /** The remainder for x at least 0, to an absolute error of some 1e-15. */
    static double of(double x) {
        // G(x+2) = (x+1) G(x+1) lifts a small x: r(x) = r(x+1) + x log(1 + 1/x) - 1.
        double lifted = 0;
        double y = x;
        while (y < LARGE) {
            lifted += (y == 0 ? 0 : y * Math.log1p(1 / y)) - 1;
            y++;
        }
        // Stirling's series, Abramowitz and Stegun 6.1.41.
        double s = 1 / (y * y);
        double series = (1 / 12.0 - s * (1 / 360.0 - s * (1 / 1260.0 - s * (1 / 1680.0 - s / 1188.0)))) / y;
        return lifted + 0.5 * (LOG_TWO_PI + Math.log(y)) + series;
    }
}
