package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/** Where ReAct cuts activations off. */
public sealed interface Clip {

    /** As the parameter of a detector's name. */
    String text();

    /** The greatest activation that passes. */
    double value(IdStatistics statistics);

    /**
     * At a percentile of all activations of in-distribution images.
     *
     * @param percent 0 to 100, in steps of 0.1
     */
    record Percentile(double percent) implements Clip {

        public Percentile {
            if (!(percent >= 0 && percent <= 100) || Math.abs(percent * 10 - Math.rint(percent * 10)) > 1e-9) {
                throw new IllegalArgumentException(
                        "the percentile of react must be 0 to 100 in steps of 0.1, but is " + percent);
            }
        }

        @Override
        public String text() {
            return DetectorNames.text(percent);
        }

        @Override
        public double value(IdStatistics statistics) {
            return statistics.require(React.METHOD).activations().percentile(percent);
        }
    }

    /** At a given value. */
    record At(double value) implements Clip {

        public At {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the clip of react must be finite, but is " + value);
            }
        }

        @Override
        public String text() {
            return DetectorNames.CLIP + DetectorNames.text(value);
        }

        @Override
        public double value(IdStatistics statistics) {
            return value;
        }
    }
}
