package io.oodmonitor.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RunSizesTest {

    @Test
    void shouldRunPowersOfTwoAndTheFullBatchOnAGpu() {
        RunSizes sizes = new RunSizes(BatchShapes.POWERS_OF_TWO, 48);
        assertThat(sizes.all()).containsExactly(48, 1, 2, 4, 8, 16, 32);
        assertThat(sizes.atLeast(1)).isEqualTo(1);
        assertThat(sizes.atLeast(3)).isEqualTo(4);
        assertThat(sizes.atLeast(17)).isEqualTo(32);
        assertThat(sizes.atLeast(33)).isEqualTo(48);
    }

    @Test
    void shouldRunWhatThereIsOnACpuAndAlwaysTheSameOffline() {
        RunSizes exact = new RunSizes(BatchShapes.EXACT, 16);
        assertThat(exact.all()).containsExactly(16, 1);
        assertThat(exact.atLeast(5)).isEqualTo(5);
        RunSizes full = new RunSizes(BatchShapes.FULL, 16);
        assertThat(full.all()).containsExactly(16);
        assertThat(full.atLeast(5)).isEqualTo(16);
    }

    @Test
    void shouldNotRunASizeAgainThatThereWasNoMemoryFor() {
        RunSizes sizes = new RunSizes(BatchShapes.POWERS_OF_TWO, 48);
        sizes.tooLarge(48);
        assertThat(sizes.largest()).isEqualTo(32);
        sizes.tooLarge(16);
        assertThat(sizes.largest()).isEqualTo(8);
        // Another lane failed at the same time, at a size that is past already.
        sizes.tooLarge(32);
        assertThat(sizes.largest()).isEqualTo(8);
        assertThat(sizes.atLeast(7)).isEqualTo(8);
        sizes.tooLarge(1);
        assertThat(sizes.largest()).isEqualTo(1);
    }

    @Property
    void shouldOnlyEverRunSizesThatWereWarmedUp(@ForAll @IntRange(min = 1, max = 300) int batchSize,
                                                @ForAll @IntRange(min = 1, max = 300) int number) {
        int images = Math.min(number, batchSize);
        for (BatchShapes shapes : new BatchShapes[] {BatchShapes.POWERS_OF_TWO, BatchShapes.FULL}) {
            RunSizes sizes = new RunSizes(shapes, batchSize);
            assertThat(sizes.atLeast(images)).isBetween(images, batchSize).isIn(sizes.all());
        }
    }
}
