package io.oodmonitor.catalog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** A server of one file on this machine, with the weaknesses that servers have. */
public final class FileServer implements AutoCloseable {

    private final HttpServer server;
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    /** After how many bytes to cut the next answers. */
    final Deque<Integer> cuts = new ArrayDeque<>();
    volatile byte[] content;
    volatile String tag = "\"one\"";
    volatile boolean knowsRanges = true;
    volatile boolean saysLength = true;
    public volatile int status = 200;
    /** How long to be silent before the last byte is sent. */
    volatile long silentMillis;

    public FileServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", this::answer);
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/file");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    public URI address(String path) {
        return URI.create("http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort() + path);
    }

    /** The Range header of every request; "" for none. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        if (tag != null) {
            exchange.getResponseHeaders().set("ETag", tag);
        }
        boolean same = tag != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
        int from = knowsRanges && range != null && same
                ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
        if (from > 0 && from >= content.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders().set("Content-Range",
                    "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, saysLength ? content.length - from : 0);
        int length = content.length - from;
        int sent = cuts.isEmpty() ? length : Math.min(cuts.remove(), length);
        if (sent == 0) {
            exchange.close();
            return;
        }
        try {
            exchange.getResponseBody().write(content, from, sent - 1);
            exchange.getResponseBody().flush();
            Thread.sleep(silentMillis);
            exchange.getResponseBody().write(content, from + sent - 1, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // What is missing of the length makes the server cut the connection.
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
