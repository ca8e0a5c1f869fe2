package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FlaggedImagesTest {

    static final long NOW = 1_700_000_000_000L;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long ALWAYS = Long.MAX_VALUE;

    private final MovingClock clock = new MovingClock(NOW);
    private final FlaggedImages images = new FlaggedImages(clock, HOUR);

    static OodScore verdict(String id, String source, long scoredAt) {
        return new OodScore(id, source, Instant.ofEpochMilli(scoredAt - 5), Instant.ofEpochMilli(scoredAt), "model",
                "1", "dice@90#0", "gear", 3, 0.9f, 1.5f, -1.5f, 2.0, 4L, 0.001, Verdict.OUT_OF_DISTRIBUTION);
    }

    private static FlaggedImage image(String id, String source, long scoredAt, int partition, long offset) {
        return cameAt(scoredAt, id, source, scoredAt, partition, offset);
    }

    private static FlaggedImage cameAt(long cameAt, String id, String source, long scoredAt, int partition,
                                       long offset) {
        return new FlaggedImage(new ImageKey(scoredAt, partition, offset), cameAt, verdict(id, source, scoredAt));
    }

    private List<String> ids(Optional<String> source, long from, long to) {
        return images.latest(source, from, to, Optional.empty(), 100).stream().map(i -> i.verdict().getId()).toList();
    }

    @Test
    void shouldGiveTheNewestFirstWhateverPartitionTheyCameFrom() {
        images.add(image("second", "a", NOW + 2, 0, 7));
        images.add(image("third", "b", NOW + 3, 0, 8));
        images.add(image("first", "a", NOW + 1, 1, 9));
        images.add(image("first", "a", NOW + 1, 1, 9));

        assertThat(ids(Optional.empty(), 0, ALWAYS)).containsExactly("third", "second", "first");
        assertThat(ids(Optional.of("a"), 0, ALWAYS)).containsExactly("second", "first");
        assertThat(ids(Optional.empty(), NOW + 2, NOW + 3)).containsExactly("second");
    }

    @Test
    void shouldGiveThoseThatCameInATimeHoweverLateTheyWereJudged() {
        images.add(cameAt(NOW - 60_000, "late", "a", NOW, 0, 1));
        images.add(cameAt(NOW - 5, "at once", "a", NOW + 1, 0, 2));

        assertThat(ids(Optional.empty(), NOW - 61_000, NOW - 59_000)).containsExactly("late");
        assertThat(ids(Optional.empty(), NOW - 10, NOW + 10)).containsExactly("at once");
        assertThat(ids(Optional.empty(), 0, ALWAYS)).containsExactly("at once", "late");
    }

    @Property(tries = 100)
    void shouldShowEveryImageOncePageByPage(@ForAll @Size(max = 60) List<@IntRange(max = 20) Integer> times,
            @ForAll @IntRange(min = 1, max = 9) int limit) {
        FlaggedImages all = new FlaggedImages(new MovingClock(NOW), HOUR);
        for (int i = 0; i < times.size(); i++) {
            all.add(image(Integer.toString(i), "a", NOW + times.get(i), i % 3, i));
        }

        List<String> seen = new ArrayList<>();
        Optional<ImageKey> before = Optional.empty();
        List<FlaggedImage> page;
        do {
            page = all.latest(Optional.empty(), 0, ALWAYS, before, limit);
            page.forEach(image -> seen.add(image.verdict().getId()));
            before = page.isEmpty() ? before : Optional.of(page.get(page.size() - 1).key());
        } while (!page.isEmpty());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, times.size()).mapToObj(Integer::toString).toList());
    }

    @Test
    void shouldForgetTheOldestWhereThereAreTooManyOrTheyAreTooLargeOrTooOld() {
        for (int i = 0; i < FlaggedImages.MOST + 3; i++) {
            images.add(image("id-" + i, "a", NOW + i, 0, i));
        }
        assertThat(images.latest(Optional.empty(), 0, ALWAYS, Optional.empty(), 10_000)).hasSize(FlaggedImages.MOST);
        assertThat(images.find(new ImageKey(NOW + 2, 0, 2))).isEmpty();
        assertThat(images.find(new ImageKey(NOW + 3, 0, 3))).isPresent();

        for (int i = 0; i < 9; i++) {
            images.add(image("x".repeat(1 << 20), "a", NOW + 10_000 + i, 0, 10_000 + i));
        }
        assertThat(ids(Optional.empty(), 0, ALWAYS)).hasSize(3);

        clock.add(HOUR.toMillis() + 10_008);
        assertThat(ids(Optional.empty(), 0, ALWAYS)).hasSize(1);
    }

    @Test
    void shouldReadKeysAndNothingElse() {
        ImageKey key = new ImageKey(NOW, 3, 14);
        assertThat(ImageKey.parse(key.text())).contains(key);
        assertThat(List.of("", "1-2", "1-2-3-4", "a-b-c", "-1-2-3", "1-2-99999999999999999999", " 1-2-3"))
                .allSatisfy(text -> assertThat(ImageKey.parse(text)).isEmpty());
    }
}
