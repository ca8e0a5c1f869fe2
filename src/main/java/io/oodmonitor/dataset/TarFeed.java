package io.oodmonitor.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Files of a tar archive in any order.
 *
 * <p>A compressed archive can only be read forwards. So it is read in passes: one takes as many of the next files as it
 * can while those that come too early, which wait in memory, have at most {@link ArchiveLimits#feedBytes} together. An
 * archive that was packed in the order asked for takes one pass and holds nothing; one that was not takes at most one
 * more for every feedBytes of it.
 *
 * <p>A plain archive is read where the file lies. Not thread-safe.
 */
final class TarFeed implements Archive.Feed {

    private final TarArchive archive;
    private final List<Archive.Entry> files;
    private final Map<Integer, byte[]> waiting = new HashMap<>();
    private Expanded in;
    private Iterator<Integer> pass = List.<Integer>of().iterator();
    private int next;

    /** @param files those wanted, in the order wanted */
    TarFeed(TarArchive archive, List<Archive.Entry> files) {
        this.archive = archive;
        this.files = files;
    }

    @Override
    public byte[] next() throws IOException {
        int wanted = next++;
        byte[] early = waiting.remove(wanted);
        if (early != null) {
            return early;
        }
        if (!pass.hasNext()) {
            begin(wanted);
        }
        for (int index = pass.next(); index != wanted; index = pass.next()) {
            waiting.put(index, read(files.get(index)));
        }
        return read(files.get(wanted));
    }

    private void begin(int first) throws IOException {
        int end = end(files, first, archive.compressed() ? archive.limits().feedBytes() : 0);
        List<Integer> forwards = IntStream.range(first, end).boxed()
                .sorted(Comparator.comparingLong(index -> files.get(index).position())).toList();
        pass = forwards.iterator();
        if (in == null || files.get(forwards.get(0)).position() < in.position()) {
            close();
            in = archive.expanded();
        }
    }

    /**
     * Where a pass ends that begins with a file. A file waits if one that is wanted before it lies behind it.
     *
     * @param budget bytes that may wait
     */
    static int end(List<Archive.Entry> files, int first, long budget) {
        long farthest = files.get(first).position();
        long held = 0;
        int end = first + 1;
        while (end < files.size()) {
            Archive.Entry file = files.get(end);
            held += file.position() < farthest ? file.size() : 0;
            if (held > budget) {
                break;
            }
            farthest = Math.max(farthest, file.position());
            end++;
        }
        return end;
    }

    private byte[] read(Archive.Entry file) throws IOException {
        try {
            in.moveTo(file.position());
            byte[] bytes = in.readNBytes((int) file.size());
            if (bytes.length < file.size()) {
                throw new EOFException();
            }
            return bytes;
        } catch (EOFException e) {
            throw new EOFException("archive " + archive.path() + " ends within " + EntryName.printable(file.name()));
        }
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
