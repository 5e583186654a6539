package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients over HTTP that do not read: like those over a WebSocket, they get the newest only, and are closed in the end. */
final class SlowDoorsTest {
    private static final String TOPICS =
            IntStream.range(0, 50).mapToObj(i -> "trade/fmp:C" + i).collect(Collectors.joining(","));
    private NodeUnderTest node;

    @BeforeEach
    void start() {
        node = NodeUnderTest.quiet(
                "limits.slow_client_after=2s", "limits.client_timeout=4s", "limits.ping_interval=1s");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** A request whose answer nobody reads. */
    private Socket stuck(String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        URI uri = node.uri("/");
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: node\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void expectToBeClosed() {
        StreamLedger ledger = new StreamLedger();
        List<String> names = List.of(TOPICS.split(",", -1));
        try (SocketClient other = node.stream()) {
            other.send("{'type':'subscribe','topics':['" + String.join("','", names) + "']}");
            other.readInto(
                    ledger,
                    () -> ledger.topics() == names.size()
                            && names.stream()
                                    .allMatch(name -> ledger.state(name).equals("live")));
            await().pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        node.fault(
                                "burst", new JsonObject().put("feed", "stock").put("frames", 10_000));
                        return node.metric("tickmesh_client_sessions", "stream") == 1;
                    });
            assertThat(node.metric("tickmesh_client_conflated_total", "stream")).isPositive();
            other.send("{'type':'ping'}");
            other.next("pong");
        }
    }

    @Test
    void shouldCloseAnEventStreamThatIsNotRead() throws IOException {
        try (Socket stuck = stuck("GET /sse?topics=" + TOPICS)) {
            expectToBeClosed();
            assertThat(node.metric("tickmesh_client_closed_total", "stream", "too_slow"))
                    .isEqualTo(1);
            stuck.setSoTimeout(15_000);
            stuck.getInputStream().readAllBytes();
        }
    }

    /** As too slow, or for not asking again after the 128 KiB that a request of SockJS is answered with at most. */
    @Test
    void shouldCloseASockJsStreamThatIsNotRead() throws IOException {
        String session = "/sockjs/stream/0/" + UUID.randomUUID();
        try (Socket stuck = stuck("POST " + session + "/xhr_streaming")) {
            await().until(() -> node.metric("tickmesh_client_sessions", "stream") == 1);
            SockJsClient.post(
                    node.uri(session + "/xhr_send"),
                    "text/plain",
                    "[\"{\\\"type\\\":\\\"subscribe\\\",\\\"topics\\\":[\\\"" + TOPICS.replace(",", "\\\",\\\"")
                            + "\\\"]}\"]");
            expectToBeClosed();
            stuck.setSoTimeout(15_000);
            stuck.getInputStream().readAllBytes();
        }
    }

    @Test
    void shouldLetAQuietStreamLive() throws IOException {
        try (SseClient stream = new SseClient(node.uri("/sse?topics=trade/fmp:QUIET"), "");
                SockJsClient polling = SockJsClient.of("xhr", node.uri("/sockjs/stream"))) {
            assertThat(polling.frame()).isEqualTo("o");
            stream.next("subscribed");
            Duration longerThanTheTimeout = Duration.ofSeconds(7);
            long end = System.nanoTime() + longerThanTheTimeout.toNanos();
            while (System.nanoTime() < end) {
                polling.frame();
            }
            assertThat(node.metric("tickmesh_client_sessions", "stream")).isEqualTo(2);
            node.emit(
                    "stock",
                    "{'s':'quiet','t':%d,'type':'T','lp':1.5,'ls':1}"
                            .formatted(System.currentTimeMillis() * 1_000_000));
            stream.next("tick");
        }
    }
}
