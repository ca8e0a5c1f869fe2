package io.oodmonitor.demo;

import io.oodmonitor.cli.RenderedImages;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.render.OddKind;
import io.oodmonitor.render.PartClass;
import io.oodmonitor.render.PartRenderer;
import io.oodmonitor.render.Render;
import io.oodmonitor.render.SeedRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The shipped model's world as a data set. Stateless. */
public final class RenderedParts implements RenderedImages {

    @Override
    public List<String> kinds() {
        return Stream.concat(PartClass.labels().stream(), Arrays.stream(OddKind.values()).map(OddKind::label)).toList();
    }

    @Override
    public Dataset draw(List<String> kinds, Purpose purpose, long seed) {
        SeedRange range = purpose == Purpose.CALIBRATE ? SeedRange.CALIBRATION : SeedRange.DEMO;
        return new Parts(kinds.isEmpty() ? PartClass.labels() : List.copyOf(kinds), range, seed);
    }

    private record Parts(List<String> kinds, SeedRange range, long seed) implements Dataset {

        private static final PartRenderer RENDERER = new PartRenderer();

        @Override
        public String name() {
            return "renderer";
        }

        @Override
        public long size() {
            return SeedRange.SIZE - seed;
        }

        @Override
        public List<String> classNames() {
            return PartClass.labels();
        }

        @Override
        public Stream<Sample> samples(long skip, long limit) {
            return LongStream.range(skip, limit < size() - skip ? skip + limit : size()).mapToObj(this::draw);
        }

        private Sample draw(long index) {
            String kind = kinds.get((int) (index % kinds.size()));
            long number = range.seed(seed + index);
            Optional<PartClass> part = Arrays.stream(PartClass.values()).filter(p -> p.label().equals(kind)).findFirst();
            Render render = part.map(p -> RENDERER.render(p, number)).orElseGet(() -> RENDERER.render(odd(kind), number));
            return new Sample(kind + "/" + (seed + index), part.map(PartClass::label),
                    part.map(p -> OptionalInt.of(p.ordinal())).orElseGet(OptionalInt::empty),
                    new Payload.Encoded(render.jpeg()));
        }

        private static OddKind odd(String kind) {
            return Arrays.stream(OddKind.values()).filter(k -> k.label().equals(kind)).findFirst().orElseThrow();
        }
    }
}
