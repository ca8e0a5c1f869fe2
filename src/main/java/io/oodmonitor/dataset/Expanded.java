package io.oodmonitor.dataset;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The bytes of a tar archive without their compression: knows where it is, and ends with an error what expands too far.
 * Not thread-safe.
 */
final class Expanded extends FilterInputStream {

    private final Path archive;
    private final long archiveBytes;
    private final ArchiveLimits limits;
    private final byte[] scratch;
    private long position;
    private long headerEnd = Long.MAX_VALUE;

    /** @param compressed whether skipping means reading */
    Expanded(InputStream in, boolean compressed, Path archive, long archiveBytes, ArchiveLimits limits) {
        super(in);
        this.archive = archive;
        this.archiveBytes = archiveBytes;
        this.limits = limits;
        this.scratch = compressed ? new byte[ByteSource.BUFFER] : null;
    }

    long position() {
        return position;
    }

    /** From here on so many bytes at most, until this is called again: a header is kept in memory by who reads it. */
    void allow(long bytes) {
        headerEnd = bytes == Long.MAX_VALUE ? bytes : position + bytes;
    }

    /** Skips to a byte that lies ahead. */
    void moveTo(long target) throws IOException {
        while (position < target) {
            if (skip(target - position) == 0) {
                throw new EOFException("it ends at its byte " + position + " of at least " + target);
            }
        }
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        return value < 0 || advance(1) < 0 ? -1 : value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return (int) advance(in.read(bytes, offset, length));
    }

    @Override
    public long skip(long wanted) throws IOException {
        if (wanted <= 0) {
            return 0;
        }
        return scratch == null ? advance(in.skip(wanted))
                : Math.max(0, read(scratch, 0, (int) Math.min(wanted, scratch.length)));
    }

    /** Nothing for sure: to ask the file costs more than to read it. */
    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private long advance(long bytes) throws IOException {
        position += Math.max(0, bytes);
        if (position > headerEnd) {
            throw new IOException("a header in it is longer than any tool writes");
        }
        limits.checkExpanded(archive, archiveBytes, position);
        return bytes;
    }
}
