package io.oodmonitor.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that can be read from the start as often as wanted: a file, or a file in an archive. Holds nothing open. */
interface ByteSource {

    int BUFFER = 1 << 16;

    /** The file's own name. */
    String name();

    /** Where it is, for messages. */
    String place();

    long size();

    InputStream open() throws IOException;

    /** From a byte on. */
    default InputStream openAt(long offset) throws IOException {
        InputStream in = open();
        try {
            in.skipNBytes(offset);
            return in;
        } catch (EOFException e) {
            in.close();
            throw new EOFException("data set " + place() + " ends before its byte " + offset);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    static ByteSource of(Path file) throws IOException {
        long size = Files.size(file);
        return new ByteSource() {
            @Override
            public String name() {
                return file.getFileName().toString();
            }

            @Override
            public String place() {
                return file.toString();
            }

            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return new BufferedInputStream(Files.newInputStream(file), BUFFER);
            }
        };
    }
}
