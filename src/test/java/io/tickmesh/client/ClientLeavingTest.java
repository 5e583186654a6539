package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.Leaving;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Readiness;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.config.DoorConfig;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.config.SecurityConfig;
import io.tickmesh.config.StockConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client port on two event loops, told what operators and the root tell it. */
final class ClientLeavingTest {
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final NodeBus bus = new NodeBus(vertx.eventBus());
    private final List<ClientVerticle> loops = new CopyOnWriteArrayList<>();
    private final List<Client> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        Codecs.registerOn(vertx.eventBus());
        ClientVerticle.Setup setup = new ClientVerticle.Setup(
                "n1",
                new ClientVerticle.Rules(
                        new DoorConfig("127.0.0.1", 0),
                        LimitsConfig.DEFAULTS,
                        StockConfig.of(List.of()),
                        ChannelsConfig.DEFAULTS,
                        SecurityConfig.DEFAULTS),
                new Catalog(List.of()),
                new Metrics(new SimpleMeterRegistry()),
                Set.of());
        result(vertx.deployVerticle(
                () -> {
                    ClientVerticle verticle = new ClientVerticle(setup);
                    loops.add(verticle);
                    return verticle;
                },
                new DeploymentOptions().setInstances(2)));
    }

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static <T> T result(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private final class Client {
        final List<JsonObject> frames = new CopyOnWriteArrayList<>();
        final ClientWebSocket socket = sockets.webSocket();

        Client(String path) {
            socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
            result(socket.connect(port(clients.size()), "127.0.0.1", path));
            clients.add(this);
            await().until(() -> !frames.isEmpty());
        }

        List<String> types() {
            return frames.stream().map(frame -> frame.getString("type")).toList();
        }
    }

    /** With port 0 each event loop takes its own. */
    private int port(int client) {
        return loops.get(client % loops.size()).port();
    }

    private Finding ask(int loop, JsonObject arguments) {
        String subject = "sessions." + loop;
        return result(bus.<Finding>request(Addresses.inquiry(subject), new Inquiry(subject, arguments)))
                .body();
    }

    private Stream<JsonObject> listed() {
        return IntStream.range(0, 2)
                .mapToObj(loop -> ask(loop, new JsonObject()).body().getJsonArray("sessions"))
                .flatMap(array -> array.stream().map(JsonObject.class::cast));
    }

    private HttpResponse<String> get(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(0) + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellOfSessionsOnBothLoopsAndCutOne() {
        new Client("/stream");
        new Client("/stream");
        new Client("/api/v2/realtime/ws/prices");
        await().until(() -> listed().count() == 3);
        assertThat(listed().map(each -> each.getInteger("loop")).distinct()).hasSize(2);
        assertThat(listed().map(each -> each.getString("dialect"))).containsOnlyOnce("prices");
        assertThat(listed()).allSatisfy(each -> {
            assertThat(each.getString("id")).matches("n1/[01]-[0-9]+");
            assertThat(each.getString("address")).startsWith("127.0.0.1:");
            assertThat(each.getLong("since")).isPositive();
        });

        JsonObject cut = listed().filter(each -> each.getString("dialect").equals("prices"))
                .findFirst()
                .orElseThrow();
        ask(cut.getInteger("loop"), new JsonObject().put("command", "cut").put("id", cut.getString("id")));

        await().until(() -> clients.get(2).socket.isClosed());
        assertThat(clients.get(2).socket.closeStatusCode()).isEqualTo((short) 1008);
        assertThat(clients.get(2).socket.closeReason()).isEqualTo("cut by an operator");
        assertThat(listed().count()).isEqualTo(2);
    }

    @Test
    void shouldRefuseNewcomersThenSendAllAwayWithTheirTurns() {
        for (int i = 0; i < 6; i++) {
            new Client(i == 5 ? "/api/v2/realtime/ws/prices" : "/stream");
        }
        bus.publish(Addresses.LEAVING, new Leaving(false));
        await().untilAsserted(() -> {
            HttpResponse<String> answer = get("/health");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).isEqualTo("{\"detail\":\"This node is leaving\"}");
        });
        await().untilAsserted(() -> assertThat(catchRefusal()).contains("503"));
        assertThat(clients).noneMatch(client -> client.socket.isClosed());

        bus.publish(Addresses.LEAVING, new Leaving(true));

        await().until(() -> clients.stream().allMatch(client -> client.socket.isClosed()));
        for (Client client : clients) {
            assertThat(client.socket.closeStatusCode()).isEqualTo((short) 1001);
            assertThat(client.socket.closeReason()).matches("node is leaving, come back in [0-9]+ ms");
        }
        for (Client client : clients.subList(0, 5)) {
            assertThat(client.types()).containsExactly("hello", "leaving");
            long hint = client.frames.get(1).getLong("retry_after_ms");
            assertThat(hint).isBetween(0L, 999L);
            assertThat(client.socket.closeReason()).endsWith(" " + hint + " ms");
        }
        assertThat(clients.get(5).types()).containsExactly("connected");
    }

    private String catchRefusal() {
        try {
            result(sockets.connect(port(1), "127.0.0.1", "/stream"));
            return "let in";
        } catch (CompletionException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void shouldSendNativeClientsElsewhereOnceAndAgainOnlyAfterItWasReady() {
        Client held = new Client("/stream");
        Client prices = new Client("/api/v2/realtime/ws/prices");
        tell(false, "cut off");
        tell(false, "cut off");
        Client late = new Client("/stream");
        await().until(() -> late.types().equals(List.of("hello", "elsewhere")));
        tell(true, "");
        tell(false, "again");
        await().until(() -> held.types().size() == 3 && late.types().size() == 3);
        assertThat(held.frames.get(1))
                .isEqualTo(new JsonObject().put("type", "elsewhere").put("reason", "cut off"));
        assertThat(held.frames.get(2).getString("reason")).isEqualTo("again");
        assertThat(prices.types()).containsExactly("connected");
        assertThat(held.socket.isClosed()).isFalse();
    }

    private void tell(boolean ready, String reason) {
        bus.publish(Addresses.READINESS, new Readiness(ready, reason));
    }
}
