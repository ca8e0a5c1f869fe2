package io.oodmonitor.inference;

import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.Sample;
import java.util.stream.Stream;

/** Images that can be walked through more than once. */
public interface Samples {

    /** A walk from the first to the last; to be closed. */
    Stream<Sample> open();

    /** How many a walk comes by. */
    long size();

    /** Those of a data set, from one on, so many at most. */
    static Samples of(Dataset dataset, long skip, long limit) {
        return new Samples() {

            @Override
            public Stream<Sample> open() {
                return dataset.samples(skip, limit);
            }

            @Override
            public long size() {
                return Math.min(limit, Math.max(0, dataset.size() - skip));
            }
        };
    }
}
