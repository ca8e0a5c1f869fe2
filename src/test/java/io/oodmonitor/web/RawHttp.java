package io.oodmonitor.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection on which a client sends what it likes, byte for byte. */
final class RawHttp implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What came back until the server closed the connection. */
    record Answer(int status, Map<String, String> headers, String body) {

        private static Answer of(String text) {
            String[] parts = text.split("\r\n\r\n", 2);
            String[] lines = parts[0].split("\r\n");
            Map<String, String> headers = new TreeMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] field = lines[i].split(":", 2);
                headers.merge(field[0].toLowerCase(Locale.ROOT), field[1].strip(),
                        (first, second) -> first + ", " + second);
            }
            return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, parts.length == 2 ? parts[1] : "");
        }
    }

    private final Socket socket;

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    /** One request on a connection of its own. */
    static Answer get(WebServer server, String path, String... headers) throws IOException {
        return send(server, "GET " + path + " HTTP/1.1", headers);
    }

    /** The same with another first line; a header named Host takes the usual one's place. */
    static Answer send(WebServer server, String firstLine, String... headers) throws IOException {
        try (RawHttp connection = new RawHttp(server.url().getPort())) {
            StringBuilder request = new StringBuilder(firstLine).append("\r\n");
            boolean named = false;
            for (String header : headers) {
                request.append(header).append("\r\n");
                named |= header.startsWith("Host:");
            }
            connection.write(request + (named ? "" : "Host: 127.0.0.1\r\n") + "Connection: close\r\n\r\n");
            return connection.answer().orElseThrow();
        }
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Everything until the server ends the connection; empty if that was all it did. */
    Optional<Answer> answer() throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.isEmpty() ? Optional.empty() : Optional.of(Answer.of(text));
    }

    /** Whether a byte of an answer comes within the time. */
    boolean isAnswered(Duration within) throws IOException {
        socket.setSoTimeout((int) within.toMillis());
        InputStream in = socket.getInputStream();
        try {
            return in.read() >= 0;
        } catch (SocketTimeoutException | SocketException e) {
            return false;
        }
    }

    /** The next answer on a connection that stays, if it has no body. */
    Answer head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new EOFException("The server ended the connection after '" + head + "'");
            }
            head.append((char) read);
        }
        return Answer.of(head.toString());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
