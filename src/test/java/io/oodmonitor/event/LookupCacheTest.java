package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookupCacheTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lookups = new AtomicInteger();
    private final LookupCache<Integer, String> cache = new LookupCache<>(3, 2, Duration.ofSeconds(10), nanos::get);

    @Test
    void shouldLookUpOnce() {
        assertThat(cache.get(1, found("one"))).isEqualTo("one");
        assertThat(cache.get(1, found("two"))).isEqualTo("one");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void shouldForgetTheAnswerUnusedForLongest() {
        IntStream.rangeClosed(1, 3).forEach(key -> cache.get(key, found("x")));
        cache.get(1, found("x"));
        cache.get(4, found("x"));
        assertThat(lookups).hasValue(4);

        cache.get(1, found("x"));
        assertThat(lookups).hasValue(4);
        cache.get(2, found("x"));
        assertThat(lookups).hasValue(5);
    }

    @Test
    void shouldRememberARefusalForAWhileFromWhenItWasMade() {
        refused(1);
        nanos.set(Duration.ofSeconds(6).toNanos());
        refused(1);
        nanos.set(Duration.ofMillis(9_999).toNanos());
        refused(1);
        assertThat(lookups).hasValue(1);

        nanos.set(Duration.ofSeconds(10).toNanos());
        refused(1);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void shouldBoundItsRefusals() {
        IntStream.rangeClosed(1, 3).forEach(this::refused);
        refused(2);
        refused(3);
        assertThat(lookups).hasValue(3);

        refused(1);
        assertThat(lookups).hasValue(4);
    }

    @Test
    void shouldNotRememberAnOutage() {
        Supplier<String> down = () -> {
            throw new RegistryUnavailableException("down", null);
        };
        assertThatThrownBy(() -> cache.get(1, down)).isInstanceOf(RegistryUnavailableException.class);

        assertThat(cache.get(1, found("one"))).isEqualTo("one");
    }

    @Test
    void shouldLookUpOnceHoweverManyThreadsAsk() throws Exception {
        assertThat(askedByMany(() -> cache.get(1, slowly(found("one"))))).containsOnly("one");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void shouldRefuseAllWhoWaited() throws Exception {
        assertThat(askedByMany(() -> {
            try {
                return cache.get(1, slowly(refusal()));
            } catch (UnknownSchemaException e) {
                return e.getMessage();
            }
        })).containsOnly("unknown");
        assertThat(lookups).hasValue(1);
    }

    private static List<String> askedByMany(Callable<String> question) throws Exception {
        int many = 16;
        CountDownLatch together = new CountDownLatch(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<String>> answers = IntStream.range(0, many).mapToObj(i -> threads.submit(() -> {
                together.countDown();
                together.await();
                return question.call();
            })).toList();
            List<String> texts = new ArrayList<>();
            for (Future<String> answer : answers) {
                texts.add(answer.get());
            }
            return texts;
        } finally {
            threads.shutdownNow();
        }
    }

    private void refused(int key) {
        assertThatThrownBy(() -> cache.get(key, refusal())).isInstanceOf(UnknownSchemaException.class);
    }

    private Supplier<String> found(String answer) {
        return () -> {
            lookups.incrementAndGet();
            return answer;
        };
    }

    private Supplier<String> refusal() {
        return () -> {
            lookups.incrementAndGet();
            throw new UnknownSchemaException("unknown");
        };
    }

    private static Supplier<String> slowly(Supplier<String> lookup) {
        return () -> {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return lookup.get();
        };
    }
}
