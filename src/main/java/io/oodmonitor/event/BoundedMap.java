package io.oodmonitor.event;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets the entry unused for longest when it grows beyond its capacity. Not thread-safe, not even to read. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private final int capacity;

    BoundedMap(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
