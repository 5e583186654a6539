package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the routes and their answers against the OpenAPI file that the node serves. */
final class OpenApiTest {
    /** A request for each way an operation can go: operation, expected status, path, body or none. */
    private record Call(String operation, int status, String path, String body) {}

    private static final String BASE = "/api/v2/realtime";
    private static final List<Call> CALLS = List.of(
            new Call("channelHealth", 200, "/healthz/detailed", ""),
            new Call("channelStats", 200, "/ws-stats", ""),
            new Call("channelClient", 200, "/ws-clients/nobody", ""),
            new Call("channelInfo", 200, "/ws-channels/nothing", ""),
            new Call("alive", 200, "/health", ""),
            new Call("health", 200, BASE + "/health", ""),
            new Call("status", 200, BASE + "/status", ""),
            new Call("subscribe", 200, BASE + "/subscribe", "[\"AAPL\"]"),
            new Call("subscribe", 422, BASE + "/subscribe", "{}"),
            new Call("subscribe", 413, BASE + "/subscribe", "[\"" + "A".repeat(1_100_000) + "\"]"),
            new Call("unsubscribe", 200, BASE + "/unsubscribe", "[\"MSFT\"]"),
            new Call("unsubscribe", 422, BASE + "/unsubscribe", "[]"),
            new Call("cache", 200, BASE + "/cache", ""),
            new Call("cache", 422, BASE + "/cache?limit=none", ""),
            new Call("cachedSymbol", 200, BASE + "/cache/AAPL", ""),
            new Call("cachedSymbol", 404, BASE + "/cache/NODATA", ""),
            new Call("cachedSymbol", 422, BASE + "/cache/A%20B", ""),
            new Call("events", 400, "/sse?topics=AAPL", ""),
            new Call("sockJsInfo", 200, "/sockjs/stream/info", ""),
            new Call("eventBusInfo", 200, "/eventbus/info", ""));

    private static Vertx vertx;
    private static NodeUnderTest node;
    private static OpenAPIContract contract;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        node = new NodeUnderTest(io.tickmesh.sim.FmpSimSettings.DEFAULTS);
        contract = NodeUnderTest.await(OpenAPIContract.from(vertx, "src/main/resources/openapi.yaml"));
        try (SocketClient client = node.prices()) {
            client.send("{'action':'subscribe','symbols':['AAPL']}");
            client.next(update -> update.containsKey("bid_price") && update.containsKey("last_size"));
        }
    }

    @AfterAll
    static void stop() {
        node.close();
        NodeUnderTest.await(vertx.close());
    }

    private static HttpResponse<String> call(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(call.path()));
        if (!call.body().isEmpty()) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(call.body()));
        }
        return NodeUnderTest.send(request.build());
    }

    private static void validate(String operation, int status, String body) {
        ValidatableResponse response = ValidatableResponse.create(status, Buffer.buffer(body), "application/json");
        NodeUnderTest.await(ResponseValidator.create(vertx, contract).validate(response, operation));
    }

    @Test
    void shouldServeTheFileItself() throws Exception {
        HttpResponse<String> served = node.get("/openapi.yaml");
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(served.body()).isEqualTo(Files.readString(Path.of("src/main/resources/openapi.yaml")));
    }

    @Test
    void shouldAnswerEveryOperationAsTheFileSays() {
        for (Call call : CALLS) {
            HttpResponse<String> answer = call(call);
            assertThat(answer.statusCode()).as(call.toString()).isEqualTo(call.status());
            validate(call.operation(), call.status(), answer.body());
        }
    }

    @Test
    void shouldCallEveryOperationOfTheFile() {
        assertThat(contract.operations().stream().map(Operation::getOperationId).toList())
                .containsExactlyInAnyOrderElementsOf(
                        CALLS.stream().map(Call::operation).distinct().toList());
    }

    @Test
    void shouldNoticeAnAnswerThatIsNotInTheFile() {
        assertThatThrownBy(() -> validate("alive", 200, "{\"status\":\"sick\"}"))
                .hasMessageContaining("body");
        assertThatThrownBy(() -> validate("alive", 200, "{\"status\":\"healthy\",\"more\":1}"))
                .hasMessageContaining("body");
    }

    @Test
    void shouldDescribeEveryRouteOfTheContract() {
        assertThat(contract.getPaths().stream().map(path -> path.getName()).toList())
                .containsExactlyInAnyOrder(
                        "/healthz/detailed",
                        "/ws-stats",
                        "/ws-clients/{id}",
                        "/ws-channels/{name}",
                        "/health",
                        BASE + "/health",
                        BASE + "/status",
                        BASE + "/subscribe",
                        BASE + "/unsubscribe",
                        BASE + "/cache",
                        BASE + "/cache/{symbol}",
                        "/sse",
                        "/sockjs/stream/info",
                        "/eventbus/info");
    }
}
