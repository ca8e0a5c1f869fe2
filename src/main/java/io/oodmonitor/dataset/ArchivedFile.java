package io.oodmonitor.dataset;

import java.io.IOException;
import java.io.InputStream;

/** A file in an archive. */
record ArchivedFile(Archive archive, Archive.Entry entry) implements ByteSource {

    @Override
    public String name() {
        return entry.name().substring(entry.name().lastIndexOf('/') + 1);
    }

    @Override
    public String place() {
        return archive.path() + "#" + EntryName.printable(entry.name());
    }

    @Override
    public long size() {
        return entry.size();
    }

    @Override
    public InputStream open() throws IOException {
        return archive.open(entry);
    }
}
