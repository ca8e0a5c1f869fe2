package io.oodmonitor.event;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Remembers what the registry answered: answers for as long as there is room, and that there is none (an
 * {@link UnknownSchemaException} or {@link UnusableSchemaException}) for a short while. An outage is never remembered.
 *
 * <p>However many threads ask for a key at once, one looks it up and the others wait for it. Thread-safe.
 */
final class LookupCache<K, V> {

    private record Refusal(RegistryException why, long untilNanos) {
    }

    private final Map<K, V> answers;
    private final Map<K, Refusal> refusals;
    private final ConcurrentMap<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();
    private final long refusalNanos;
    private final LongSupplier nanoClock;

    LookupCache(int answers, int refusals, Duration refusalTime, LongSupplier nanoClock) {
        this.answers = new BoundedMap<>(answers);
        this.refusals = new BoundedMap<>(refusals);
        this.refusalNanos = refusalTime.toNanos();
        this.nanoClock = nanoClock;
    }

    V get(K key, Supplier<V> lookup) {
        V known = known(key);
        if (known != null) {
            return known;
        }
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> others = running.putIfAbsent(key, mine);
        return others == null ? lookUp(key, lookup, mine) : await(others);
    }

    private V lookUp(K key, Supplier<V> lookup, CompletableFuture<V> mine) {
        try {
            // Another thread may have found it after we missed it and before we were the one to look.
            V known = known(key);
            V value = known != null ? known : answer(key, lookup);
            mine.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            // INVARIANT: removed only after the answer is remembered, so that no one asks for it a second time.
            running.remove(key, mine);
        }
    }

    private V answer(K key, Supplier<V> lookup) {
        try {
            V value = lookup.get();
            remember(key, value);
            return value;
        } catch (UnknownSchemaException | UnusableSchemaException e) {
            refuse(key, e);
            throw e;
        }
    }

    private static <V> V await(CompletableFuture<V> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RegistryException why) {
                throw why;
            }
            throw e;
        }
    }

    private synchronized V known(K key) {
        V value = answers.get(key);
        if (value != null) {
            return value;
        }
        Refusal refusal = refusals.get(key);
        if (refusal != null && nanoClock.getAsLong() - refusal.untilNanos() < 0) {
            throw refusal.why();
        }
        return null;
    }

    private synchronized void remember(K key, V value) {
        answers.put(key, value);
        refusals.remove(key);
    }

    private synchronized void refuse(K key, RegistryException why) {
        refusals.put(key, new Refusal(why, nanoClock.getAsLong() + refusalNanos));
    }
}
