package io.oodmonitor.history;

import java.util.Arrays;

/** Windows' counts in order of their starts, as columns: 24 bytes a window. Not thread-safe. */
final class RateColumns {

    private static final int FIRST_CAPACITY = 16;

    private long[] starts = new long[FIRST_CAPACITY];
    private long[] images = new long[FIRST_CAPACITY];
    private long[] ood = new long[FIRST_CAPACITY];
    private int head;
    private int end;
    private long longest = 1;
    private long allImages;
    private long allOod;

    int size() {
        return end - head;
    }

    /** @param index from 0, the oldest */
    long start(int index) {
        return starts[head + index];
    }

    long images(int index) {
        return images[head + index];
    }

    long ood(int index) {
        return ood[head + index];
    }

    /** Of all that are kept. */
    long images() {
        return allImages;
    }

    /** Of all that are kept. */
    long ood() {
        return allOod;
    }

    /** Milliseconds of the longest window that there ever was. */
    long longest() {
        return longest;
    }

    /** How many windows begin before that time. */
    int before(long time) {
        int found = Arrays.binarySearch(starts, head, end, time);
        return (found < 0 ? -found - 1 : found) - head;
    }

    /** Whether there is a window of that start. */
    boolean has(long start) {
        return Arrays.binarySearch(starts, head, end, start) >= 0;
    }

    /** Adds a window, or adds to the one with that start. */
    void add(long start, long length, long moreImages, long moreOod) {
        longest = Math.max(longest, length);
        allImages += moreImages;
        allOod += moreOod;
        int at = Arrays.binarySearch(starts, head, end, start);
        if (at < 0) {
            at = insert(head + before(start), start);
        }
        images[at] += moreImages;
        ood[at] += moreOod;
    }

    private int insert(int at, long start) {
        int from = at - head;
        makeRoom();
        int to = head + from;
        // Mostly it is the latest, and nothing moves.
        for (long[] column : new long[][] {starts, images, ood}) {
            System.arraycopy(column, to, column, to + 1, end - to);
        }
        starts[to] = start;
        images[to] = 0;
        ood[to] = 0;
        end++;
        return to;
    }

    private void makeRoom() {
        if (end < starts.length) {
            return;
        }
        // What was forgotten makes room before more memory does.
        int capacity = head > starts.length / 4 ? starts.length : starts.length + starts.length / 2;
        starts = moved(starts, capacity);
        images = moved(images, capacity);
        ood = moved(ood, capacity);
        end -= head;
        head = 0;
    }

    private long[] moved(long[] column, int capacity) {
        long[] to = new long[capacity];
        System.arraycopy(column, head, to, 0, end - head);
        return to;
    }

    /** Forgets the oldest window. */
    void removeOldest() {
        allImages -= images[head];
        allOod -= ood[head];
        head++;
    }
}
