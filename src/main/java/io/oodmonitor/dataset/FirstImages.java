package io.oodmonitor.dataset;

import java.util.List;
import java.util.stream.Stream;

/** The first images of a set. Immutable. */
record FirstImages(String name, Dataset all, long count) implements Dataset {

    @Override
    public long size() {
        return Math.min(count, all.size());
    }

    @Override
    public List<String> classNames() {
        return all.classNames();
    }

    @Override
    public Stream<Sample> samples(long skip, long limit) {
        long end = SampleStream.end(size(), skip, limit);
        return all.samples(skip, end - skip);
    }
}
