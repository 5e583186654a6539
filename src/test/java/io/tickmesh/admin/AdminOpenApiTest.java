package io.tickmesh.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the operators' routes and their answers against the OpenAPI file that the node serves. */
final class AdminOpenApiTest extends AdminFixture {
    private static final String FILE = "src/main/resources/admin-openapi.yaml";

    /** A request for each way an operation can go: operation, expected status, path, body or none. */
    private record Call(String operation, int status, String path, String body) {}

    private static final List<Call> CALLS = List.of(
            new Call("cluster", 200, "/admin/cluster", ""),
            new Call("nodes", 200, "/admin/nodes", ""),
            new Call("nodes", 422, "/admin/nodes?limit=0", ""),
            new Call("node", 200, "/admin/nodes/n1", ""),
            new Call("node", 200, "/admin/nodes/n3", ""),
            new Call("node", 404, "/admin/nodes/n9", ""),
            new Call("drain", 200, "/admin/nodes/n2/drain", ""),
            new Call("drain", 404, "/admin/nodes/n9/drain", ""),
            new Call("drain", 504, "/admin/nodes/n3/drain", ""),
            new Call("feeds", 200, "/admin/feeds", ""),
            new Call("feeds", 422, "/admin/feeds?after=!", ""),
            new Call("feed", 200, "/admin/feeds/fmp.stock", ""),
            new Call("feed", 200, "/admin/feeds/fmp.forex", ""),
            new Call("feed", 404, "/admin/feeds/nope", ""),
            new Call("move", 200, "/admin/feeds/fmp.stock/move", "{\"to\":\"n2\"}"),
            new Call("move", 400, "/admin/feeds/fmp.stock/move", "{"),
            new Call("move", 404, "/admin/feeds/fmp.stock/move", "{\"to\":\"n9\"}"),
            new Call("move", 409, "/admin/feeds/fmp.stock/move", "{\"to\":\"n1\"}"),
            new Call("move", 422, "/admin/feeds/fmp.stock/move", "{}"),
            new Call("move", 503, "/admin/feeds/fmp.forex/move", "{\"to\":\"n2\"}"),
            new Call("pause", 200, "/admin/feeds/fmp.stock/pause", ""),
            new Call("pause", 404, "/admin/feeds/nope/pause", ""),
            new Call("resume", 200, "/admin/feeds/fmp.stock/resume", ""),
            new Call("resume", 404, "/admin/feeds/nope/resume", ""),
            new Call("reconnect", 200, "/admin/feeds/fmp.stock/reconnect", ""),
            new Call("reconnect", 404, "/admin/feeds/nope/reconnect", ""),
            new Call("reconnect", 503, "/admin/feeds/fmp.forex/reconnect", ""),
            new Call("topics", 200, "/admin/topics", ""),
            new Call("topics", 404, "/admin/topics?pool=nope", ""),
            new Call("topics", 422, "/admin/topics?limit=x", ""),
            new Call("topic", 200, "/admin/topic?topic=trade/fmp:AAPL", ""),
            new Call("topic", 404, "/admin/topic?topic=trade/fmp:NONE", ""),
            new Call("topic", 422, "/admin/topic", ""),
            new Call("topic", 503, "/admin/topic?topic=trade/fmp:EURJPY", ""),
            new Call("sessions", 200, "/admin/sessions", ""),
            new Call("sessions", 404, "/admin/sessions?node=n9", ""),
            new Call("sessions", 422, "/admin/sessions?limit=-1", ""),
            new Call("cut", 200, "DELETE /admin/sessions/n1%2F0-1", ""),
            new Call("cut", 404, "DELETE /admin/sessions/n1%2F0-99", ""),
            new Call("sendToClient", 200, "/admin/ws-send/client/c%201", "{\"type\":\"news\"}"),
            new Call("sendToClient", 422, "/admin/ws-send/client/c1", "[]"),
            new Call("sendToChannel", 200, "/admin/ws-send/channel/general", "{\"type\":\"news\"}"),
            new Call("sendToChannel", 503, "/admin/ws-send/channel/busy", "{\"type\":\"news\"}"),
            new Call("sendToUser", 200, "/admin/ws-send/user/u1", "{\"type\":\"news\"}"),
            new Call("sendToUsers", 200, "/admin/ws-send/users", "{\"users\":[\"a\",\"b\"],\"message\":{}}"),
            new Call("sendToUsers", 422, "/admin/ws-send/users", "{\"users\":[\"a\"],\"message\":7}"),
            new Call("sendToUsers", 422, "/admin/ws-send/users", "{\"message\":{}}"),
            new Call("sendToAll", 200, "/admin/ws-send/all", "{\"type\":\"news\"}"),
            new Call("sendToAll", 400, "/admin/ws-send/all", "{"),
            new Call("pin", 200, "/admin/pins", "{\"topics\":[\"trade/fmp:AAPL\",\"trade/fmp:MSFT\"]}"),
            new Call("pin", 413, "/admin/pins", "{\"topics\":[\"" + "x".repeat(11_000) + "\"]}"),
            new Call("pin", 422, "/admin/pins", "{}"),
            new Call("pins", 200, "/admin/pins?limit=1", ""),
            new Call("pins", 422, "/admin/pins?limit=1.5", ""),
            new Call("unpin", 200, "DELETE /admin/pins?topic=trade/fmp:AAPL", ""),
            new Call("unpin", 422, "DELETE /admin/pins?topic=x", ""));

    private OpenAPIContract contract;

    @BeforeEach
    void read() {
        contract = result(OpenAPIContract.from(vertx, FILE));
        silent("n3");
        members("n1", "n2", "n3");
    }

    private Reply reply(Call call) {
        if (call.path().startsWith("DELETE ")) {
            return delete(call.path().substring("DELETE ".length()));
        }
        boolean command = contract.operation(call.operation()).getHttpMethod().equals(HttpMethod.POST);
        return command ? post(call.path(), call.body()) : get(call.path());
    }

    private void validate(String operation, int status, String body) {
        ValidatableResponse response = ValidatableResponse.create(status, Buffer.buffer(body), "application/json");
        result(ResponseValidator.create(vertx, contract).validate(response, operation));
    }

    @Test
    void shouldAnswerEveryOperationAsTheFileSays() {
        for (Call call : CALLS) {
            Reply reply = reply(call);
            assertThat(reply.status()).as("%s: %s", call, reply.text()).isEqualTo(call.status());
            assertThat(reply.type()).isEqualTo("application/json");
            validate(call.operation(), call.status(), reply.text());
        }
    }

    @Test
    void shouldCallEveryOperationOfTheFile() {
        assertThat(contract.operations().stream().map(Operation::getOperationId))
                .containsExactlyInAnyOrderElementsOf(
                        CALLS.stream().map(Call::operation).distinct().toList());
    }

    @Test
    void shouldNoticeAnAnswerThatIsNotInTheFile() {
        assertThatThrownBy(() -> validate("node", 200, "{\"node\":\"n1\",\"answered\":true,\"since\":1,\"more\":1}"))
                .hasMessageContaining("body");
    }

    @Test
    void shouldServeTheFileItself() throws Exception {
        Reply served = get("/admin/openapi.yaml");
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.type()).isEqualTo("application/yaml");
        assertThat(served.text()).isEqualTo(Files.readString(Path.of(FILE)));
    }
}
