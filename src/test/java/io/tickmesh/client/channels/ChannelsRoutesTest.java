package io.tickmesh.client.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.NodeBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the information routes say when the channel service is not well. */
final class ChannelsRoutesTest {
    private static final String ISO_LOCAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?";

    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void start() {
        Codecs.registerOn(vertx.eventBus());
        Router router = Router.router(vertx);
        new ChannelsRoutes(new NodeBus(vertx.eventBus())).mountOn(router);
        port = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldSayThatItIsNotInitialised() throws Exception {
        HttpResponse<String> answer = get("/healthz/detailed");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"healthy\":false,\"error\":\"service_not_initialized\"}");
        assertThat(get("/ws-stats").statusCode()).isEqualTo(503);
        assertThat(get("/ws-clients/c1").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldSayWhyItCannotSayHowItIs() throws Exception {
        await(vertx.eventBus()
                .<Inquiry>localConsumer(
                        Addresses.inquiry(Addresses.CHANNELS),
                        message -> message.reply(Finding.refused(504, "not known now: b is silent")))
                .completion());
        HttpResponse<String> answer = get("/healthz/detailed");
        JsonObject body = new JsonObject(answer.body());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat((String) body.remove("timestamp")).matches(ISO_LOCAL);
        assertThat(body).isEqualTo(new JsonObject().put("healthy", false).put("error", "not known now: b is silent"));
        assertThat(get("/ws-channels/news").body()).isEqualTo("{\"detail\":\"not known now: b is silent\"}");
    }
}
