package io.oodmonitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads server-sent events in the background until it is closed. */
final class EventReader implements AutoCloseable {

    /** @param atNanos when it was read, as {@link System#nanoTime} */
    record Event(long id, String type, JsonNode data, long atNanos) {}

    private final HttpResponse<InputStream> answer;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    EventReader(HttpClient client, URI url) throws IOException, InterruptedException {
        answer = client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
            Thread reader = new Thread(this::read, "event-reader");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("event: ")) {
                    type = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(Long.parseLong(id), type,
                            new ObjectMapper().readTree(line.substring("data: ".length())), System.nanoTime()));
                }
            }
        } catch (IOException e) {
            // It was closed, by one side or the other.
        }
    }

    HttpResponse<?> answer() {
        return answer;
    }

    List<Event> events() {
        return events;
    }

    List<Event> events(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}
