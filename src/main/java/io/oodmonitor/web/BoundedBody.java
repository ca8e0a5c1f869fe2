package io.oodmonitor.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads what a request brings, as far as it may be; no thread waits for it. */
final class BoundedBody implements Runnable {

    private final Request request;
    private final int mostBytes;
    private final ByteArrayOutputStream bytes;
    private final CompletableFuture<Optional<byte[]>> body = new CompletableFuture<>();

    private BoundedBody(Request request, int mostBytes) {
        this.request = request;
        this.mostBytes = mostBytes;
        this.bytes = new ByteArrayOutputStream((int) Math.max(0, Math.min(mostBytes, request.getLength())));
    }

    /**
     * Begins to read.
     *
     * @return empty once it has more bytes than it may; whoever completes the future before that ends the reading
     */
    static CompletableFuture<Optional<byte[]>> read(Request request, int mostBytes) {
        BoundedBody reading = new BoundedBody(request, mostBytes);
        reading.run();
        return reading.body;
    }

    @Override
    public void run() {
        while (!body.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                body.completeExceptionally(chunk.getFailure());
                return;
            }
            take(chunk);
            boolean isLast = chunk.isLast();
            chunk.release();
            if (isLast) {
                body.complete(Optional.of(bytes.toByteArray()));
            }
        }
    }

    private void take(Content.Chunk chunk) {
        ByteBuffer part = chunk.getByteBuffer();
        if (bytes.size() + part.remaining() > mostBytes) {
            body.complete(Optional.empty());
            return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
    }
}
