package io.oodmonitor.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fetches a file to its place below a data folder.
 *
 * <p>INVARIANT: under its own name there is only a file whose length and digests were found right. Until then it is
 * NAME.part, and NAME.part.of says which version of the file that is part of (RFC 9110, If-Range): a broken download
 * goes on where it ended, unless the file at the address is another one by now. Not thread-safe; two programs do not
 * fetch one file at the same time.
 */
public final class Download {

    /** How far it has come. */
    @FunctionalInterface
    public interface Listener {

        /** @param total the length of the file, where it is known */
        void bytes(long done, OptionalLong total);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 5;

    private final HttpClient client;
    private final CatalogFile file;
    private final Path target;
    private final Listener listener;
    private final Duration patience;

    public Download(CatalogFile file, DataFolder data, Listener listener) {
        this(file, data, listener, PATIENCE);
    }

    /** @param patience how long the server may be silent */
    Download(CatalogFile file, DataFolder data, Listener listener, Duration patience) {
        this.client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience).build();
        this.file = file;
        this.target = data.root().resolve(file.path());
        this.listener = listener;
        this.patience = patience;
    }

    static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /**
     * Fetches what is missing of it; a file that is there is checked.
     *
     * @return what was checked
     * @throws IOException one sentence; what came so far is kept unless it is wrong
     */
    public FileCheck run() throws IOException, InterruptedException {
        if (Files.exists(target)) {
            return checked(target);
        }
        Path part = part(target);
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!locked(channel)) {
                throw new IOException(target + " is being fetched by another program");
            }
            try {
                fetch(channel);
                FileCheck checked = checked(part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(version());
                return checked;
            } catch (WrongFileException e) {
                channel.truncate(0);
                throw e;
            } finally {
                if (channel.size() == 0) {
                    Files.deleteIfExists(part);
                    Files.deleteIfExists(version());
                }
            }
        }
    }

    private FileCheck checked(Path content) throws IOException {
        FileCheck check = FileCheck.of(file, content, target);
        check.record(file, target);
        return check;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Goes on as long as each attempt brings something. */
    private void fetch(FileChannel channel) throws IOException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            long before = channel.size();
            try {
                attempt(channel);
                return;
            } catch (BrokenOffException e) {
                if (channel.size() == 0) {
                    throw new IOException(file.address() + " cannot be reached from here (" + e.getMessage() + ")", e);
                }
                if (attempt == ATTEMPTS || channel.size() <= before) {
                    throw new IOException("download of " + file.address() + " broke off after " + channel.size()
                            + " bytes (" + e.getMessage() + "): the same command goes on from there", e);
                }
            }
        }
    }

    private void attempt(FileChannel channel) throws IOException, InterruptedException {
        long have = channel.size();
        Optional<String> version = have == 0 ? Optional.empty() : versionOfPart();
        HttpRequest.Builder request = HttpRequest.newBuilder(file.address()).timeout(patience)
                .header("User-Agent", "ood-monitor");
        version.ifPresent(value -> request.header("Range", "bytes=" + have + "-").header("If-Range", value));
        HttpResponse<InputStream> response = send(request.build());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            boolean goesOn = status == 206 && version.isPresent()
                    && contentRange(response).startsWith("bytes " + have + "-");
            if (status == 416 && version.isPresent() && contentRange(response).equals("bytes */" + have)) {
                return;
            }
            if (status != 200 && !goesOn) {
                if (status == 206 || status == 416) {
                    channel.truncate(0);
                    Files.deleteIfExists(version());
                    throw new BrokenOffException("it does not go on where it ended", null);
                }
                throw new IOException("download of " + file.address() + " is refused: the server answers " + status
                        + "; its page may know another way");
            }
            long begin = goesOn ? have : 0;
            channel.truncate(begin).position(begin);
            OptionalLong length = response.headers().firstValueAsLong("Content-Length");
            OptionalLong total = length.isPresent() ? OptionalLong.of(begin + length.getAsLong()) : file.bytes();
            if (file.bytes().isPresent() && total.getAsLong() != file.bytes().getAsLong()) {
                throw new WrongFileException(file.address() + " must have " + file.bytes().getAsLong()
                        + " bytes, but has " + total.getAsLong() + ": it is another file by now");
            }
            remember(response);
            copy(body, channel, total);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new BrokenOffException(reason(e), e);
        }
    }

    private void copy(InputStream body, FileChannel channel, OptionalLong total) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long most = total.orElse(Long.MAX_VALUE);
        try (StallGuard guard = new StallGuard(body, patience)) {
            for (int read = read(body, buffer, guard); read >= 0; read = read(body, buffer, guard)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (channel.position() > most) {
                    throw new WrongFileException(file.address() + " must have " + most + " bytes, but has more");
                }
                listener.bytes(channel.position(), total);
            }
        }
        if (total.isPresent() && channel.position() < most) {
            throw new BrokenOffException("it ended early", null);
        }
    }

    private int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
        int read;
        try {
            read = body.read(buffer);
        } catch (IOException e) {
            throw new BrokenOffException(guard.stalled() ? silence() : reason(e), e);
        }
        if (guard.stalled()) {
            throw new BrokenOffException(silence(), null);
        }
        guard.heard();
        return read;
    }

    private String silence() {
        return "nothing came for " + patience.toSeconds() + " s";
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static String contentRange(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Range").orElse("");
    }

    private Path version() {
        return target.resolveSibling(target.getFileName() + ".part.of");
    }

    private Optional<String> versionOfPart() throws IOException {
        try {
            return Optional.of(Files.readString(version()).strip()).filter(value -> !value.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A strong ETag, or else the time of the last change. */
    private void remember(HttpResponse<?> response) throws IOException {
        Optional<String> version = response.headers().firstValue("ETag").filter(tag -> !tag.startsWith("W/"))
                .or(() -> response.headers().firstValue("Last-Modified"));
        if (version.isPresent()) {
            Files.writeString(version(), version.get());
        } else {
            Files.deleteIfExists(version());
        }
    }

    /** The connection ended; what came is kept. */
    private static final class BrokenOffException extends IOException {

        private static final long serialVersionUID = 1L;

        BrokenOffException(String reason, IOException cause) {
            super(reason, cause);
        }
    }
}
