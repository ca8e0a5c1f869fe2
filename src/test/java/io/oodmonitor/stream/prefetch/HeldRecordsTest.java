package io.oodmonitor.stream.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class HeldRecordsTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 0);

    /** Every third offset is a transaction's marker, which a poll skips. */
    private static boolean isRecord(long offset) {
        return offset % 3 != 2;
    }

    private static ConsumerRecords<byte[], byte[]> polled(long from, long to) {
        List<ConsumerRecord<byte[], byte[]>> records = LongStream.range(from, to).filter(HeldRecordsTest::isRecord)
                .mapToObj(HeldRecordsTest::record).toList();
        return new ConsumerRecords<>(records.isEmpty() ? Map.of() : Map.of(PARTITION, records),
                Map.of(PARTITION, new OffsetAndMetadata(to)));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>("images", 0, offset, 0, TimestampType.CREATE_TIME, 0, 0, null, new byte[0],
                new RecordHeaders(), Optional.empty());
    }

    /** What happens to a partition's consumer. */
    private record Step(String what, int number) {}

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of("poll", "take", "take", "pause", "back", "seek"), Arbitraries.integers().between(0, 9))
                .as(Step::new).list().ofMaxSize(60);
    }

    @Property
    void shouldHandOnEveryRecordOnceAndInOrder(@ForAll("steps") List<Step> steps) {
        HeldRecords held = new HeldRecords();
        long position = 0;
        long handedOn = 0;
        for (Step step : steps) {
            switch (step.what()) {
                case "poll" -> {
                    held.add(polled(position, position + step.number()));
                    position += step.number();
                }
                case "take" -> {
                    long before = handedOn + step.number();
                    ConsumerRecords<byte[], byte[]> taken = held.take(partition -> before, Set.of());
                    List<Long> offsets = new ArrayList<>();
                    taken.forEach(record -> offsets.add(record.offset()));
                    assertThat(offsets).isEqualTo(LongStream.range(handedOn, Math.min(before, position))
                            .filter(HeldRecordsTest::isRecord).boxed().toList());
                    if (taken.nextOffsets().containsKey(PARTITION)) {
                        long next = taken.nextOffsets().get(PARTITION).offset();
                        assertThat(LongStream.range(offsets.isEmpty() ? handedOn : offsets.get(offsets.size() - 1) + 1,
                                next).filter(HeldRecordsTest::isRecord)).as("records between").isEmpty();
                        handedOn = next;
                    } else {
                        assertThat(offsets).isEmpty();
                    }
                    long upTo = handedOn;
                    held.first(PARTITION).ifPresent(first -> assertThat(LongStream.range(upTo, first)
                            .filter(HeldRecordsTest::isRecord)).isEmpty());
                }
                case "pause" -> {
                    ConsumerRecords<byte[], byte[]> taken = held.take(partition -> Long.MAX_VALUE, Set.of(PARTITION));
                    assertThat(taken).isEmpty();
                    assertThat(taken.nextOffsets()).isEmpty();
                }
                case "back" -> {
                    // As after a lost commit: what is polled again says so.
                    if (held.first(PARTITION).isPresent()) {
                        handedOn = Math.max(0, handedOn - step.number());
                        position = handedOn;
                        held.add(polled(position, position + 2));
                        position += 2;
                    }
                }
                case "seek" -> {
                    held.drop(Set.of(PARTITION));
                    handedOn = Math.max(0, handedOn - step.number());
                    position = handedOn;
                }
                default -> throw new AssertionError(step);
            }
        }
    }

    @Test
    void shouldHoldOnePartitionAndNotAnother() {
        TopicPartition other = new TopicPartition("rates", 1);
        HeldRecords held = new HeldRecords();
        held.add(polled(0, 2));
        held.add(new ConsumerRecords<>(Map.of(other, List.of(new ConsumerRecord<>("rates", 1, 7, null, null))),
                Map.of(other, new OffsetAndMetadata(8))));
        ConsumerRecords<byte[], byte[]> taken = held.take(
                partition -> partition.equals(other) ? Long.MAX_VALUE : 0, Set.of());
        assertThat(taken.partitions()).containsExactly(other);
        assertThat(taken.nextOffsets()).containsOnlyKeys(other);
        assertThat(held.first(PARTITION)).hasValue(0);
        assertThat(held.first(other)).isEmpty();
        assertThat(held.partitions()).containsExactly(PARTITION);
    }
}
