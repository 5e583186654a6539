package io.tickmesh;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Reads an event stream as a browser would. */
final class SseClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpLines lines;
    private String lastId = "";

    /** One event; {@code id} is empty where the event had none of its own. */
    record Event(String type, String id, String retry, JsonObject data) {}

    SseClient(URI uri, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        lines = new HttpLines(HTTP, request.build());
    }

    HttpResponse<?> response() {
        return lines.response();
    }

    /** The id of the last event that had one. */
    String lastId() {
        return lastId;
    }

    /** The next event. */
    Event next() {
        String type = "";
        String id = "";
        String retry = "";
        String data = "";
        for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty() && !data.isEmpty()) {
                lastId = id.isEmpty() ? lastId : id;
                return new Event(type, id, retry, new JsonObject(data));
            }
            int colon = line.indexOf(": ");
            String value = colon < 0 ? "" : line.substring(colon + 2);
            type = line.startsWith("event:") ? value : type;
            id = line.startsWith("id:") ? value : id;
            retry = line.startsWith("retry:") ? value : retry;
            data = line.startsWith("data:") ? value : data;
        }
        throw new AssertionError("the stream ended");
    }

    /** The next event of a type; others before it are passed over. */
    Event next(String type) {
        Event event = next();
        while (!event.type().equals(type)) {
            event = next();
        }
        return event;
    }

    /** Goes before its time. */
    void leave() {
        close();
    }

    @Override
    public void close() {
        lines.close();
    }
}
