package io.tickmesh;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SockJS on the wire, one transport each, from the frames up. */
abstract class SockJsClient implements AutoCloseable {
    static final List<String> TRANSPORTS =
            List.of("xhr", "xhr_streaming", "eventsource", "htmlfile", "jsonp", "websocket", "rawwebsocket");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MOST_FRAMES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deque<String> messages = new ArrayDeque<>();

    /** A client of one transport; {@code door} is the path that SockJS is served under. */
    static SockJsClient of(String transport, URI door) {
        URI session = URI.create(door + "/000/" + UUID.randomUUID());
        return switch (transport) {
            case "xhr" -> new Polling(session);
            case "jsonp" -> new Jsonp(session);
            case "xhr_streaming" -> new Streaming(session, "/xhr_streaming", "POST", Pattern.compile("([oahc].*)"));
            case "eventsource" -> new Streaming(session, "/eventsource", "GET", Pattern.compile("data: (.*)"));
            case "htmlfile" ->
                new Streaming(session, "/htmlfile?c=callback", "GET", Pattern.compile("p\\((\".*\")\\);"));
            case "websocket" -> new Socket(URI.create(session + "/websocket"));
            default -> new RawSocket(URI.create(door + "/websocket"));
        };
    }

    /** The next SockJS frame. */
    abstract String frame();

    /** Sends what stands in one SockJS frame of a client. */
    abstract void sendFrame(String frame);

    /** Sends a message; single quotes stand for double ones. */
    void send(String message) {
        sendFrame(new JsonArray().add(message.replace('\'', '"')).encode());
    }

    /** The next message. */
    JsonObject next() {
        for (int i = 0; messages.isEmpty() && i < MOST_FRAMES; i++) {
            String frame = frame();
            if (frame.startsWith("a")) {
                new JsonArray(frame.substring(1)).forEach(message -> messages.add(String.valueOf(message)));
            } else if (frame.startsWith("c")) {
                throw new AssertionError("closed: " + frame);
            }
        }
        return new JsonObject(messages.remove());
    }

    /** The next message of a type; others before it are passed over. */
    JsonObject next(String type) {
        JsonObject message = next();
        while (!type.equals(message.getString("type"))) {
            message = next();
        }
        return message;
    }

    @Override
    public void close() {}

    static HttpResponse<String> post(URI uri, String type, String body) {
        return NodeUnderTest.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static final class Polling extends SockJsClient {
        private final URI session;

        Polling(URI session) {
            this.session = session;
        }

        @Override
        String frame() {
            return post(URI.create(session + "/xhr"), "text/plain", "").body().strip();
        }

        @Override
        void sendFrame(String frame) {
            sendBy(session, frame);
        }
    }

    private static void sendBy(URI session, String frame) {
        HttpResponse<String> answer = post(URI.create(session + "/xhr_send"), "text/plain", frame);
        if (answer.statusCode() != 204) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    private static final class Jsonp extends SockJsClient {
        private static final Pattern CALL = Pattern.compile("/\\*\\*/cb\\((\".*\")\\);");
        private final URI session;

        Jsonp(URI session) {
            this.session = session;
        }

        @Override
        String frame() {
            String body = NodeUnderTest.send(HttpRequest.newBuilder(URI.create(session + "/jsonp?c=cb"))
                            .timeout(PATIENCE)
                            .build())
                    .body();
            Matcher call = CALL.matcher(body.strip());
            if (!call.matches()) {
                throw new AssertionError(body);
            }
            return unquoted(call.group(1));
        }

        @Override
        void sendFrame(String frame) {
            HttpResponse<String> answer = post(
                    URI.create(session + "/jsonp_send"),
                    "application/x-www-form-urlencoded",
                    "d=" + URLEncoder.encode(frame, StandardCharsets.UTF_8));
            if (!answer.body().equals("ok")) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
        }
    }

    private static String unquoted(String text) {
        return new JsonArray("[" + text + "]").getString(0);
    }

    private static final class Streaming extends SockJsClient {
        private final URI session;
        private final Pattern pattern;
        private final HttpLines lines;

        Streaming(URI session, String transport, String method, Pattern pattern) {
            this.session = session;
            this.pattern = pattern;
            HttpRequest request = HttpRequest.newBuilder(URI.create(session + transport))
                    .method(method, BodyPublishers.noBody())
                    .build();
            lines = new HttpLines(HTTP, request);
        }

        @Override
        String frame() {
            for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.matches() && !line.startsWith("hhh")) {
                    String found = matcher.group(1);
                    return found.startsWith("\"") ? unquoted(found) : found;
                }
            }
            throw new AssertionError("the response ended");
        }

        @Override
        void sendFrame(String frame) {
            sendBy(session, frame);
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    private static class Socket extends SockJsClient {
        private final SocketClient socket;

        Socket(URI uri) {
            socket = new SocketClient(URI.create(uri.toString().replaceFirst("^http", "ws")));
        }

        @Override
        String frame() {
            return socket.nextText();
        }

        @Override
        void sendFrame(String frame) {
            socket.sendExactly(frame);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** No frames of SockJS at all: what comes is shown as if it were in one. */
    private static final class RawSocket extends Socket {
        private boolean opened;

        RawSocket(URI uri) {
            super(uri);
        }

        @Override
        String frame() {
            if (!opened) {
                opened = true;
                return "o";
            }
            return "a" + new JsonArray().add(super.frame()).encode();
        }

        @Override
        void sendFrame(String frame) {
            super.sendFrame(new JsonArray(frame).getString(0));
        }
    }
}
