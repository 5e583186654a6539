package io.tickmesh.sim;

import io.tickmesh.config.SimConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator on a port of its own for each test. */
abstract class SimulatorFixture {
    final Vertx vertx = Vertx.vertx();
    FmpSimulator simulator = new FmpSimulator(config(1, 20));

    static SimConfig config(long seed, double ticksPerSecond) {
        return new SimConfig("127.0.0.1", 0, seed, ticksPerSecond);
    }

    static <T> T result(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @BeforeEach
    void deploy() {
        result(vertx.deployVerticle(simulator));
    }

    @AfterEach
    void close() {
        result(vertx.close());
    }

    void change(String name, Object value) {
        result(simulator.change(new JsonObject().put(name, value)));
    }

    int fault(String name, String body) {
        return result(simulator.fault(name, new JsonObject(body)));
    }

    HttpResponse<String> get(String path) {
        return request("GET", path, "");
    }

    HttpResponse<String> request(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.restUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return FmpClient.HTTP
                    .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }
}
